package io.pgguard.figures;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.FigureSource;
import io.pgguard.statement.Quoted;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.sql.SQLException;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a statement would change, and whether its WHERE leaves any row alone, before it runs:
 * on a connection of Guard's own, by reading, and only as far as it matters. What the session has
 * not committed does not count.
 */
final class AffectedRows {
  private static final Logger LOG = LoggerFactory.getLogger(AffectedRows.class);

  /** Counting ends here: a policy's limits are far below. */
  private static final int MOST = 100_001;

  private AffectedRows() {}

  /**
   * Counts; unknown for a statement with parameters, whose values are asked about later, unless
   * they could not matter.
   */
  static FigureSource.Counted count(
      DatabaseAccess access, StatementFacts facts, Tokens tokens, SearchPath path) {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.is(i, TokenKind.PARAMETER)) {
        OptionalInt plain = PlainRows.of(facts, tokens);
        return plain.isPresent()
            ? new FigureSource.Counted(OptionalLong.of(plain.getAsInt()), false, true)
            : FigureSource.Counted.UNKNOWN;
      }
    }
    WriteSites sites = WriteSites.of(tokens, facts.from(), facts.to());
    if (sites == null) {
      return FigureSource.Counted.UNCOUNTABLE;
    }
    if (sites.sites().isEmpty()) {
      return FigureSource.Counted.UNKNOWN;
    }
    try (CatalogQueries queries = access.connect()) {
      queries.forEachRow(setPath(path), row -> {});
      long all = 0;
      boolean sparesNone = false;
      for (WriteSite site : sites.sites()) {
        long rows = number(queries, sites.with() + counting(site.rows()));
        all += rows;
        sparesNone |= rows > 1 && sparesNone(queries, sites, site.spared());
      }
      return new FigureSource.Counted(OptionalLong.of(all), sparesNone, true);
    } catch (CatalogUnavailableException e) {
      LOG.debug("the rows of a statement cannot be counted: {}", e.getMessage());
      return misread(e) ? FigureSource.Counted.UNCOUNTABLE : FigureSource.Counted.UNKNOWN;
    }
  }

  /**
   * SQLSTATE 42601, a syntax error: the clauses were not where they were looked for. 0A000: VALUES
   * with a function that gives rows, which stands in an INSERT alone.
   */
  private static boolean misread(CatalogUnavailableException e) {
    return e.getCause() instanceof SQLException sql
        && ("42601".equals(sql.getSQLState()) || "0A000".equals(sql.getSQLState()));
  }

  private static String counting(String rows) {
    return "SELECT pg_catalog.count(*) FROM (" + rows + " LIMIT " + MOST + ") AS guard_count";
  }

  private static boolean sparesNone(
      CatalogQueries queries, WriteSites sites, @Nullable String spared) {
    return spared != null
        && number(
                queries,
                sites.with()
                    + "SELECT pg_catalog.count(*) FROM ("
                    + spared
                    + " LIMIT 1) AS guard_spared")
            == 0;
  }

  private static long number(CatalogQueries queries, String sql) {
    long[] found = new long[1];
    queries.forEachRow(sql, row -> found[0] = Long.parseLong(row.required(0)));
    return found[0];
  }

  /**
   * Names must mean on Guard's connection what they mean in the session, a question must not take
   * longer than a client would wait, and it must not change anything.
   */
  static String setPath(SearchPath path) {
    String schemas = path.schemas().stream().map(Quoted::name).collect(Collectors.joining(", "));
    return "SELECT pg_catalog.set_config('search_path', "
        + Quoted.text(schemas)
        + ", false), pg_catalog.set_config('statement_timeout', '3s', false),"
        + " pg_catalog.set_config('default_transaction_read_only', 'on', false)";
  }
}
