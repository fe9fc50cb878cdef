package io.pgguard.internal.syntax;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

  /** The corpora's folder, where this machine has them. */
  static Optional<Path> folder() {
    String shared = System.getProperty("guard.shared");
    return Optional.ofNullable(shared).map(s -> Path.of(s, "corpus")).filter(Files::isDirectory);
  }

  static List<CorpusStatement> regress() throws IOException {
    return read(folder().orElseThrow().resolve("postgres-regress.jsonl.gz"));
  }

  static List<CorpusStatement> read(Path file) throws IOException {
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
