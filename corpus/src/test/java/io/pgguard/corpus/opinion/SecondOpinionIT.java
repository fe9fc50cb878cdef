package io.pgguard.corpus.opinion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.corpus.CorpusLine;
import io.pgguard.testkit.CorpusFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JSqlParser finds no relation and no function in the corpora that Guard has not found. */
@Tag("corpus")
class SecondOpinionIT {
  private static final int EVERY = Integer.getInteger("guard.corpus.every", 10);

  /** Fewer would say little: JSqlParser reads four of five. */
  private static final double LEAST_READ = 0.7;

  @Test
  void regressionSuite_noNameIsMissed() throws Exception {
    Path file = CorpusFolder.find("postgres-regress.jsonl.gz").orElse(null);
    assumeTrue(file != null, "skipped: no postgres-regress.jsonl.gz in -Dguard.corpus");
    List<String> texts = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(String.valueOf(file)))),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        texts.add(json.readTree(line).path("sql").asText());
      }
    }
    agree("the regression suite", texts);
  }

  @Test
  void leaksDangerousAndOrdinaryStatements_noNameIsMissed() throws Exception {
    List<String> texts = new ArrayList<>();
    for (String name : List.of("leaks.jsonl", "dangerous.jsonl", "benign.jsonl")) {
      Optional<Path> file = CorpusFolder.find(name);
      if (file.isPresent()) {
        texts.addAll(sql(file.get()));
      }
    }
    assumeTrue(!texts.isEmpty(), "skipped: no statements in -Dguard.corpus");
    agree("the corpora", texts);
  }

  private static List<String> sql(Path file) throws IOException {
    List<String> texts = new ArrayList<>();
    for (CorpusLine line : CorpusLine.read(file)) {
      texts.addAll(line.sql());
    }
    return texts;
  }

  private static void agree(String what, List<String> texts) {
    Agreement agreement = new Agreement();
    try (SecondReader reader = new SecondReader()) {
      for (int i = 0; i < texts.size(); i += EVERY) {
        agreement.add(texts.get(i), reader.read(texts.get(i)));
      }
    }
    System.out.print(agreement.told(what));
    assertEquals("", String.join("\n", agreement.missed()));
    assertTrue(agreement.read() > LEAST_READ, "JSqlParser read too few to say anything");
  }
}
