package io.pgguard.internal.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.testkit.CorpusFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** A statement of a corpus, with what PostgreSQL's own parser found in it. */
record CorpusStatement(
    String id,
    String kind,
    String sql,
    Set<String> relations,
    Set<String> commonTables,
    Set<String> functions) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The statements of a file of the corpora, where this machine has it. */
  static Optional<List<CorpusStatement>> of(String name) throws IOException {
    Optional<Path> file = CorpusFolder.find(name);
    return file.isPresent() ? Optional.of(read(file.get())) : Optional.empty();
  }

  private static List<CorpusStatement> read(Path file) throws IOException {
    List<CorpusStatement> statements = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode node = JSON.readTree(line);
        statements.add(
            new CorpusStatement(
                node.path("id").asText(),
                node.path("kind").asText(),
                node.path("sql").asText(),
                texts(node.path("relations")),
                texts(node.path("ctes")),
                texts(node.path("functions"))));
      }
    }
    return statements;
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }
}
