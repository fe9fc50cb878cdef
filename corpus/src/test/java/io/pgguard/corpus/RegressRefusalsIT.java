package io.pgguard.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.jdbc.GuardDriver;
import io.pgguard.testkit.CorpusFolder;
import io.pgguard.testkit.TestPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL's regression suite under a policy that allows everything, where one column of a table
 * beside it is protected: how many of its statements are refused, by rule. It runs one file in
 * {@value #EVERY}; {@code -Dguard.regress=all} runs all.
 */
class RegressRefusalsIT {
  private static final int EVERY = 16;

  /** What reaches past its database, or waits for data that the corpus does not hold. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "(?is).*\\b(database|tablespace|subscription|role|user|system|stdin|checkpoint)\\b.*");

  private static final Pattern REFUSED =
      Pattern.compile("(?s)refused this statement \\(rule ([^)]+)\\): ([^\\n]*)");

  /**
   * Rules that the threat model names: the server's files, what changes who asks or how it reads.
   */
  private static final String MEANT = "guard.server-file";

  private static final String POLICY =
      """
      version: 1
      classes: { kept: { columns: ["*.kept_for_guard.word"], mask: redact } }
      functions: { allow: ["*.*"] }
      rules:
        - { id: all, when: {}, then: allow }
        - { id: locks, when: { locking: true }, then: allow }
      limits: { statementTime: 3s }
      """;

  private final Map<String, Integer> byRule = new TreeMap<>();
  private final Map<String, List<String>> examples = new TreeMap<>();
  private int ran;

  @Test
  void regressionSuite_underAPolicyThatAllows_isCountedByRule(@TempDir Path directory)
      throws Exception {
    Optional<Path> corpus = CorpusFolder.find("postgres-regress.jsonl.gz");
    assumeTrue(corpus.isPresent(), "skipped: no postgres-regress.jsonl.gz in -Dguard.corpus");
    Map<String, List<String>> files = files(corpus.orElseThrow());
    TestPostgres server = TestPostgres.shared();
    String base = server.createDatabase("suite");
    server.execute(base, "CREATE TABLE kept_for_guard (word text)");
    try (Connection direct = server.connect(base);
        Statement statement = direct.createStatement()) {
      for (String sql : files.getOrDefault("test_setup.sql", List.of())) {
        attempt(statement, sql);
      }
    }
    Path config = config(directory, server);
    int every = "all".equals(System.getProperty("guard.regress")) ? 1 : EVERY;
    int number = 0;
    for (List<String> file : files.values()) {
      if (number++ % every == 0) {
        String database = base + "_run";
        server.dropDatabase(database);
        server.execute("postgres", "CREATE DATABASE " + database + " TEMPLATE " + base);
        run(config, server, database, file);
        server.dropDatabase(database);
      }
    }
    GuardDriver.guard(config).close();
    server.dropDatabase(base);
    report();
    assertTrue(ran > 100, "too few statements ran");
    assertEquals(0, byRule.getOrDefault("guard.unreadable", 0), "statements that are not read");
  }

  private static Map<String, List<String>> files(Path corpus) throws Exception {
    Map<String, List<String>> files = new LinkedHashMap<>();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode node = json.readTree(line);
        files
            .computeIfAbsent(node.get("file").asText(), k -> new ArrayList<>())
            .add(node.get("sql").asText());
      }
    }
    return files;
  }

  private static Path config(Path directory, TestPostgres server) throws Exception {
    Files.writeString(directory.resolve("policy.yaml"), POLICY);
    return Files.writeString(
        directory.resolve("guard.yaml"),
        """
        database: { user: "%s", password: { value: "%s" } }
        policy: policy.yaml
        audit: { directory: audit, durability: os }
        """
            .formatted(server.user(), server.password()));
  }

  private void run(Path config, TestPostgres server, String database, List<String> file)
      throws SQLException {
    Connection guarded = open(config, server, database);
    try {
      for (String sql : file) {
        if (OUTSIDE.matcher(sql).matches()) {
          continue;
        }
        if (guarded.isClosed()) {
          guarded = open(config, server, database);
        }
        try (Statement statement = guarded.createStatement()) {
          ran++;
          attempt(statement, sql).ifPresent(message -> refused(message, sql));
        }
      }
    } finally {
      guarded.close();
    }
  }

  private static Connection open(Path config, TestPostgres server, String database)
      throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "suite@guard.test");
    properties.setProperty("guard.config", config.toString());
    return DriverManager.getConnection(
        "jdbc:guard:postgresql://" + server.host() + ":" + server.port() + "/" + database,
        properties);
  }

  /** Runs a statement; the words of its error, where it has one. */
  private static Optional<String> attempt(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void refused(String message, String sql) {
    Matcher found = REFUSED.matcher(message);
    if (found.find() && !found.group(1).equals(MEANT)) {
      byRule.merge(found.group(1), 1, Integer::sum);
      examples
          .computeIfAbsent(found.group(1), rule -> new ArrayList<>())
          .add(found.group(2) + " <- " + sql.strip().replaceAll("\\s+", " "));
    }
  }

  private void report() {
    int refused = byRule.values().stream().mapToInt(Integer::intValue).sum();
    System.out.println("regression suite: " + ran + " ran, " + refused + " refused " + byRule);
    if (Boolean.getBoolean("guard.verbose")) {
      examples.forEach(
          (rule, all) -> all.forEach(one -> System.out.println("  " + rule + " " + one)));
    }
  }
}
