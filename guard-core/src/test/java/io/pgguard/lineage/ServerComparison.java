package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares lineage with what PostgreSQL itself says of a statement's result: how many columns,
 * their names, and the base column of each plain one.
 */
final class ServerComparison {
  private static final SearchPath PATH = SearchPath.of("pg_catalog", "public");

  final List<String> wrong = new ArrayList<>();
  final List<String> unknown = new ArrayList<>();
  int compared;
  int origins;
  int unprepared;

  /** Compares one statement; one that cannot be prepared or has parameters is passed over. */
  void compare(Connection connection, Catalog catalog, LineageAnalyzer analyzer, String sql) {
    if (sql.matches("(?s).*\\$[0-9].*") || sql.regionMatches(true, 0, "COPY", 0, 4)) {
      return;
    }
    Lineage lineage = lineage(analyzer, sql);
    if (lineage == null) {
      return;
    }
    try (PreparedStatement prepared = connection.prepareStatement(sql.replace("?", "??"))) {
      ResultSetMetaData server = prepared.getMetaData();
      if (lineage instanceof Lineage.Known known) {
        compared++;
        compare(sql, known, server, catalog);
      } else {
        unknown.add(lineage + ": " + sql);
      }
    } catch (SQLException e) {
      unprepared++;
    }
  }

  private static @Nullable Lineage lineage(LineageAnalyzer analyzer, String sql) {
    StatementText text;
    try {
      text = StatementReader.read(sql);
    } catch (LexicalException e) {
      return null;
    }
    if (text.statements().size() != 1) {
      return null;
    }
    int from = text.statements().get(0).from();
    int to = text.statements().get(0).to();
    return SyntaxParser.parse(text.tokens(), from, to) instanceof ParseResult.Parsed parsed
        ? analyzer.analyze(parsed.statement(), PATH, SessionObjects.NONE)
        : null;
  }

  private void compare(
      String sql, Lineage.Known known, @Nullable ResultSetMetaData server, Catalog catalog)
      throws SQLException {
    int width = server == null ? 0 : server.getColumnCount();
    if (server == null || width != known.outputs().size()) {
      if (width != known.outputs().size()) {
        wrong.add("width " + width + " not " + known.outputs().size() + ": " + sql);
      }
      return;
    }
    for (int i = 1; i <= width; i++) {
      OutputLineage output = known.outputs().get(i - 1);
      String label = server.getColumnLabel(i).replace("??", "?");
      // A national string constant is a cast in PostgreSQL's grammar, and called so.
      if (!label.equals(output.name()) && !label.equals("bpchar")) {
        wrong.add(label + " not " + output.name() + ": " + sql);
      }
      origin(sql, output, server, i, catalog);
    }
  }

  private void origin(
      String sql, OutputLineage output, ResultSetMetaData server, int i, Catalog catalog)
      throws SQLException {
    String table = base(server, "getBaseTableName", i);
    Relation relation = catalog.relation(base(server, "getBaseSchemaName", i), table).orElse(null);
    Column column =
        relation == null
            ? null
            : relation.column(base(server, "getBaseColumnName", i)).orElse(null);
    if (relation == null || column == null) {
      return;
    }
    origins++;
    // A cast that changes nothing keeps the origin, but is an operation to lineage.
    boolean found =
        output.sources().stream()
            .anyMatch(
                source ->
                    source.relationOid() == relation.oid()
                        && source.number() == column.number()
                        && source.flow() != Flow.INFLUENCE);
    if (!found) {
      wrong.add("origin " + table + "." + column.name() + " of " + output + ": " + sql);
    }
  }

  /**
   * PgJDBC's own addition to JDBC. Called by name, since its annotations are not on the class path
   * and the compiler would warn.
   */
  private static String base(ResultSetMetaData server, String method, int i) throws SQLException {
    try {
      Object name = server.getClass().getMethod(method, int.class).invoke(server, i);
      return String.valueOf(name);
    } catch (ReflectiveOperationException e) {
      throw new SQLException("PgJDBC does not tell base columns", e);
    }
  }
}
