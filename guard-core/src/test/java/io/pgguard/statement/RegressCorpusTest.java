package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.testkit.CorpusFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Compares the facts with those of PostgreSQL's own parser, on its regression suite. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegressCorpusTest {
  private final List<JsonNode> lines = new ArrayList<>();
  private final List<StatementFacts> facts = new ArrayList<>();

  @BeforeAll
  void readCorpus() throws Exception {
    Optional<Path> corpus = CorpusFolder.find("postgres-regress.jsonl.gz");
    assumeTrue(corpus.isPresent(), "skipped: no postgres-regress.jsonl.gz in -Dguard.corpus");
    ObjectMapper mapper = new ObjectMapper();
    try (BufferedReader reader = open(corpus.orElseThrow())) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode node = mapper.readTree(line);
        lines.add(node);
        StatementText text = StatementReader.read(node.get("sql").asText());
        assertEquals(1, text.statements().size(), () -> "statements in " + node.get("sql"));
        facts.add(text.statements().get(0));
      }
    }
  }

  private static BufferedReader open(Path corpus) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8));
  }

  private static String sql(JsonNode line) {
    return line.get("id") + ": " + line.get("sql").asText().replaceAll("\\s+", " ");
  }

  private static void report(String name, String value, String bar, boolean pass) {
    System.out.println(name + " " + value + " " + bar + " " + (pass ? "pass" : "short"));
  }

  private static void show(String name, List<String> failures) {
    failures.stream().limit(40).forEach(f -> System.out.println("  " + name + " " + f));
  }

  @Test
  void kind_ofEachStatement_isTheParsersOwn() {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String kind = lines.get(i).get("kind").asText();
      if (!facts.get(i).kind().nodeName().equals(kind)) {
        wrong.add(facts.get(i).kind() + " for " + kind + " " + sql(lines.get(i)));
      }
    }
    double right = 100.0 * (lines.size() - wrong.size()) / lines.size();
    report("kind", String.format(Locale.ROOT, "%.3f", right), "99.9", right >= 99.9);
    show("kind", wrong);
    assertTrue(right >= 99.9, () -> "kinds: " + wrong);
  }

  @Test
  void effect_ofEachStatement_isNeverMilder() {
    List<String> milder = new ArrayList<>();
    List<String> severer = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String word = lines.get(i).get("effect").asText();
      Effect effect = Effect.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
      int compared = facts.get(i).effect().compareTo(effect);
      if (compared != 0) {
        (compared < 0 ? milder : severer)
            .add(facts.get(i).effect() + " for " + effect + " " + sql(lines.get(i)));
      }
    }
    report("milder-effects", "" + milder.size(), "0", milder.isEmpty());
    System.out.println("severer-effects " + severer.size());
    show("milder", milder);
    show("severer", severer);
    assertEquals(List.of(), milder);
  }

  @Test
  void relationMentions_ofEachStatement_missNone() {
    assertEquals(List.of(), missed("relations", "ctes"));
  }

  @Test
  void functionMentions_ofEachStatement_missNone() {
    assertEquals(List.of(), missed("functions", "none"));
  }

  private List<String> missed(String field, String except) {
    List<String> missed = new ArrayList<>();
    List<String> spurious = new ArrayList<>();
    int found = 0;
    for (int i = 0; i < lines.size(); i++) {
      Set<String> mentions = new HashSet<>();
      StatementFacts read = facts.get(i);
      Set<Name> names =
          field.equals("relations") ? read.relationMentions() : read.functionMentions();
      names.forEach(name -> mentions.add(name.toString()));
      Set<String> excepted = strings(lines.get(i), except);
      Set<String> truth = strings(lines.get(i), field);
      found += truth.size();
      for (String name : truth) {
        if (!mentions.remove(name) && !excepted.contains(name)) {
          missed.add(name + " in " + sql(lines.get(i)));
        }
      }
      mentions.removeAll(excepted);
      mentions.forEach(name -> spurious.add(name + " in " + read.kind()));
    }
    report(field + "-missed", "" + missed.size(), "0", missed.isEmpty());
    System.out.println(field + "-spurious " + spurious.size() + " beside true " + found);
    show(field, missed);
    if (Boolean.getBoolean("guard.verbose")) {
      spurious.forEach(name -> System.out.println("  spurious " + field + " " + name));
    }
    return missed;
  }

  private static Set<String> strings(JsonNode line, String field) {
    Set<String> strings = new HashSet<>();
    line.path(field).forEach(value -> strings.add(value.asText()));
    return strings;
  }

  @Test
  void intoAndLocking_ofEachStatement_areFound() {
    List<String> missed = new ArrayList<>();
    List<String> spurious = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      StatementFacts read = facts.get(i);
      compare("into", read.intoClause(), lines.get(i), missed, spurious);
      compare("locking", read.locking(), lines.get(i), missed, spurious);
    }
    report("into-and-locking-missed", "" + missed.size(), "0", missed.isEmpty());
    show("missed", missed);
    show("spurious", spurious);
    assertEquals(List.of(), missed);
  }

  private static void compare(
      String field, boolean read, JsonNode line, List<String> missed, List<String> spurious) {
    if (read != line.get(field).asBoolean()) {
      (read ? spurious : missed).add(field + " " + sql(line));
    }
  }
}
