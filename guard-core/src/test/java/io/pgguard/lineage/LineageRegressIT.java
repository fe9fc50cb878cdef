package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogReader;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.testkit.TestPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Lineage against the origins that PostgreSQL reports, over its own regression suite: each file's
 * definitions are made in a database of their own, then its queries are compared. That takes
 * minutes, so it reads one file in {@value #EVERY} unless {@code -Dguard.regress=all}.
 */
class LineageRegressIT {
  private static final int EVERY = 12;
  private static final Set<String> KINDS = Set.of("Select", "Insert", "Update", "Delete", "Merge");
  private static final Set<String> MAKING = Set.of("ddl", "session");

  /** Makes things outside its database, or takes them away again. */
  private static final String OUTSIDE =
      "(?s).*\\b(database|tablespace|subscription|publication|drop|rename|event trigger|temp"
          + "|temporary)\\b.*";

  private static Map<String, List<JsonNode>> files(Path corpus) throws Exception {
    Map<String, List<JsonNode>> files = new LinkedHashMap<>();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(corpus)), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode node = json.readTree(line);
        files.computeIfAbsent(node.get("file").asText(), k -> new ArrayList<>()).add(node);
      }
    }
    return files;
  }

  @Test
  void everyOriginOfTheRegressionSuite_isAmongTheSources() throws Exception {
    String shared = System.getProperty("guard.shared");
    assumeTrue(shared != null, "-Dguard.shared is not set: no corpus");
    Path corpus = Path.of(String.valueOf(shared), "corpus", "postgres-regress.jsonl.gz");
    assumeTrue(Files.exists(corpus), "no corpus at " + corpus);
    Map<String, List<JsonNode>> files = files(corpus);
    TestPostgres server = TestPostgres.shared();
    String base = server.createDatabase("regress");
    try (Connection connection = server.connect(base)) {
      make(connection, files.getOrDefault("test_setup.sql", List.of()));
    }
    ServerComparison comparison = new ServerComparison();
    int every = "all".equals(System.getProperty("guard.regress")) ? 1 : EVERY;
    int number = 0;
    for (List<JsonNode> file : files.values()) {
      if (number++ % every != 0) {
        continue;
      }
      String database = base + "_x";
      server.dropDatabase(database);
      server.execute("postgres", "CREATE DATABASE " + database + " TEMPLATE " + base);
      try (Connection connection = server.connect(database)) {
        make(connection, file);
        compare(connection, file, comparison);
      }
    }
    System.out.println(
        "compared "
            + comparison.compared
            + " statements, "
            + comparison.origins
            + " origins; unknown "
            + comparison.unknown.size());
    assertEquals(List.of(), comparison.wrong);
    assertTrue(comparison.compared > 100, "too few statements were compared");
  }

  private static void compare(
      Connection connection, List<JsonNode> file, ServerComparison comparison) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("RESET SESSION AUTHORIZATION");
      statement.execute("RESET ALL");
      statement.execute("SET search_path = public");
    }
    Catalog catalog = new CatalogReader().read(new JdbcCatalogQueries(connection));
    LineageAnalyzer analyzer = new LineageAnalyzer(catalog);
    for (JsonNode node : file) {
      if (KINDS.contains(node.get("kind").asText())) {
        comparison.compare(connection, catalog, analyzer, node.get("sql").asText());
      }
    }
  }

  /** Runs the definitions of a file; those that need what is not there fail, and are let go. */
  private static void make(Connection connection, List<JsonNode> file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = 2000");
      statement.setEscapeProcessing(false);
      for (JsonNode node : file) {
        String sql = node.get("sql").asText();
        boolean outside = sql.toLowerCase(Locale.ROOT).matches(OUTSIDE);
        if (!MAKING.contains(node.get("effect").asText()) || outside || connection.isClosed()) {
          continue;
        }
        tryToRun(statement, sql);
      }
    }
  }

  private static boolean tryToRun(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }
}
