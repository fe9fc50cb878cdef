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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lineage against the origins that PostgreSQL reports, over ordinary and hostile statements. */
class LineageOriginsIT {
  private static List<String> statements(Path corpus) throws Exception {
    List<String> all = new ArrayList<>();
    for (String file : List.of("benign.jsonl", "leaks.jsonl")) {
      for (String line : Files.readAllLines(corpus.resolve(file))) {
        JsonNode sql = new ObjectMapper().readTree(line).path("sql");
        if (sql.isTextual()) {
          all.add(sql.asText());
        } else if (sql.size() == 1) {
          all.add(sql.get(0).asText());
        }
      }
    }
    return all;
  }

  @Test
  void everyOriginThatTheServerReports_isAmongTheSources() throws Exception {
    String shared = System.getProperty("guard.shared");
    assumeTrue(shared != null, "-Dguard.shared is not set: no corpus");
    Path corpus = Path.of(String.valueOf(shared), "corpus", "redteam");
    assumeTrue(Files.exists(corpus), "no corpus at " + corpus);
    String database = TestPostgres.shared().createDatabase("origins");
    ServerComparison comparison = new ServerComparison();
    try (Connection connection = TestPostgres.shared().connect(database)) {
      try (java.sql.Statement statement = connection.createStatement()) {
        statement.execute(Files.readString(corpus.resolve("schema.sql")));
      }
      Catalog catalog = new CatalogReader().read(new JdbcCatalogQueries(connection));
      LineageAnalyzer analyzer = new LineageAnalyzer(catalog);
      for (String sql : statements(corpus)) {
        comparison.compare(connection, catalog, analyzer, sql);
      }
    }
    System.out.println(
        "compared " + comparison.compared + " statements, " + comparison.origins + " origins");
    assertEquals(List.of(), comparison.wrong);
    assertTrue(comparison.origins > 100, "too few origins were compared");
  }
}
