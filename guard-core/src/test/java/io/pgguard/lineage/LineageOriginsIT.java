package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogReader;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.Relation;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import io.pgguard.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGResultSetMetaData;

/**
 * What PostgreSQL itself says of results - how many columns, their names, and the base column of
 * each plain one - compared with lineage, over every statement of the corpus that can be prepared.
 */
class LineageOriginsIT {
  private static final SearchPath PATH = SearchPath.of("pg_catalog", "public");
  private static Path corpus = Path.of(".");
  private static String database = "";
  private static Catalog catalog;
  private static LineageAnalyzer analyzer;

  @BeforeAll
  static void load() throws Exception {
    String shared = System.getProperty("guard.shared");
    assumeTrue(shared != null, "-Dguard.shared is not set: no corpus");
    corpus = Path.of(String.valueOf(shared), "corpus", "redteam");
    assumeTrue(Files.exists(corpus), "no corpus at " + corpus);
    database = TestPostgres.shared().createDatabase("origins");
    try (Connection connection = TestPostgres.shared().connect(database);
        java.sql.Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(corpus.resolve("schema.sql")));
    }
    try (Connection connection = TestPostgres.shared().connect(database)) {
      catalog = new CatalogReader().read(new JdbcCatalogQueries(connection));
    }
    analyzer = new LineageAnalyzer(catalog);
  }

  private static List<String> statements() throws Exception {
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
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    int origins = 0;
    try (Connection connection = TestPostgres.shared().connect(database)) {
      for (String sql : statements()) {
        Lineage.Known known = known(sql);
        if (known == null) {
          continue;
        }
        try (PreparedStatement prepared = connection.prepareStatement(sql.replace("?", "??"))) {
          ResultSetMetaData server = prepared.getMetaData();
          if (sql.startsWith("COPY")) {
            continue;
          }
          compared++;
          origins += compare(sql, known, server, wrong);
        } catch (SQLException e) {
          continue;
        }
      }
    }
    System.out.println("compared " + compared + " statements, " + origins + " origins");
    wrong.forEach(System.out::println);
    assertEquals(List.of(), wrong);
  }

  private static Lineage.@Nullable Known known(String sql) {
    StatementText text;
    try {
      text = StatementReader.read(sql);
    } catch (LexicalException e) {
      return null;
    }
    if (text.statements().size() != 1 || sql.matches("(?s).*\\$[0-9].*")) {
      return null;
    }
    int from = text.statements().get(0).from();
    int to = text.statements().get(0).to();
    if (SyntaxParser.parse(text.tokens(), from, to) instanceof ParseResult.Parsed parsed
        && analyzer.analyze(parsed.statement(), PATH, SessionObjects.NONE)
            instanceof Lineage.Known known) {
      return known;
    }
    return null;
  }

  private static int compare(
      String sql, Lineage.Known known, @Nullable ResultSetMetaData server, List<String> wrong)
      throws SQLException {
    int width = server == null ? 0 : server.getColumnCount();
    if (server == null || width != known.outputs().size()) {
      if (known.outputs().isEmpty()) {
        return 0;
      }
      wrong.add("width " + width + " not " + known.outputs().size() + ": " + sql);
      return 0;
    }
    int origins = 0;
    for (int i = 1; i <= width; i++) {
      OutputLineage output = known.outputs().get(i - 1);
      String label = server.getColumnLabel(i).replace("??", "?");
      // A national string constant is a cast in PostgreSQL's grammar, and called so.
      if (!label.equals(output.name()) && !label.equals("bpchar")) {
        wrong.add(label + " not " + output.name() + ": " + sql);
      }
      PGResultSetMetaData meta = (PGResultSetMetaData) server;
      String table = meta.getBaseTableName(i);
      if (table.isEmpty()) {
        continue;
      }
      Relation relation = catalog.relation(meta.getBaseSchemaName(i), table).orElse(null);
      Column column =
          relation == null ? null : relation.column(meta.getBaseColumnName(i)).orElse(null);
      if (relation == null || column == null) {
        continue;
      }
      origins++;
      // A cast that changes nothing keeps the origin, but is an operation to lineage.
      ColumnSource copied = new ColumnSource(relation.oid(), column.number(), Flow.COPY);
      ColumnSource derived = new ColumnSource(relation.oid(), column.number(), Flow.DERIVE);
      if (!output.sources().contains(copied) && !output.sources().contains(derived)) {
        wrong.add("origin " + table + "." + column.name() + " of " + output + ": " + sql);
      }
    }
    return origins;
  }
}
