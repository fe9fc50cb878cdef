package io.pgguard.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.FigureSource;
import io.pgguard.statement.Quoted;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the planner what a statement would cost, on a connection of Guard's own (PostgreSQL
 * documentation, "EXPLAIN"). Nothing is run. Only texts that have passed every other check get
 * here. Stateless and thread-safe.
 */
final class PlannerFigures {
  private static final Logger LOG = LoggerFactory.getLogger(PlannerFigures.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GENERIC_PLAN_SINCE = 160000;

  private PlannerFigures() {}

  /**
   * The planner's figures, or unknown ones where it cannot plan the text: a figure that matters
   * then counts as over.
   */
  static FigureSource.Planned ask(
      DatabaseAccess access, String text, boolean parameters, int serverVersion, SearchPath path) {
    if (parameters && serverVersion < GENERIC_PLAN_SINCE) {
      return FigureSource.Planned.UNKNOWN;
    }
    String explain =
        (parameters ? "EXPLAIN (GENERIC_PLAN, FORMAT JSON) " : "EXPLAIN (FORMAT JSON) ") + text;
    StringBuilder json = new StringBuilder();
    try (CatalogQueries queries = access.connect()) {
      queries.forEachRow(setPath(path), row -> {});
      queries.forEachRow(explain, row -> json.append(row.text(0)));
      return read(json.toString()).orElse(FigureSource.Planned.UNKNOWN);
    } catch (CatalogUnavailableException e) {
      LOG.debug("no estimate for a statement: {}", e.getMessage());
      return cannotBePlanned(e) ? FigureSource.Planned.NOTHING : FigureSource.Planned.UNKNOWN;
    }
  }

  /**
   * SQLSTATE class 42: a name or type is unknown to this connection. The statement will fail on the
   * session's own connection as well, or it uses what only that session has, such as a temporary
   * table; the time limit stands.
   */
  private static boolean cannotBePlanned(CatalogUnavailableException e) {
    return e.getCause() instanceof SQLException sql
        && sql.getSQLState() != null
        && sql.getSQLState().startsWith("42");
  }

  /** Reads the JSON of EXPLAIN; nothing where it shows no plan. */
  static Optional<FigureSource.Planned> read(String json) {
    try {
      JsonNode plan = JSON.readTree(json).path(0).path("Plan");
      if (plan.isMissingNode()) {
        return Optional.empty();
      }
      long rows = isModification(plan) ? 0 : plan.path("Plan Rows").asLong();
      long changed = changedRows(plan);
      return Optional.of(
          new FigureSource.Planned(
              OptionalLong.of(Math.max(rows, changed)),
              OptionalDouble.of(plan.path("Total Cost").asDouble())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the server's EXPLAIN (FORMAT JSON) is no JSON", e);
    }
  }

  /**
   * Names must mean on Guard's connection what they mean in the session, a question must not take
   * longer than a client would wait, and it must not change anything.
   */
  private static String setPath(SearchPath path) {
    String schemas = path.schemas().stream().map(Quoted::name).collect(Collectors.joining(", "));
    return "SELECT pg_catalog.set_config('search_path', "
        + Quoted.text(schemas)
        + ", false), pg_catalog.set_config('statement_timeout', '3s', false),"
        + " pg_catalog.set_config('default_transaction_read_only', 'on', false)";
  }

  private static boolean isModification(JsonNode node) {
    return node.path("Node Type").asText().equals("ModifyTable");
  }

  /**
   * The rows that the modifications of a plan change, also those under WITH. A modification's own
   * plan is its child; InitPlan and SubPlan children are subqueries beside it.
   */
  private static long changedRows(JsonNode node) {
    long rows = 0;
    for (JsonNode child : node.path("Plans")) {
      String relation = child.path("Parent Relationship").asText();
      boolean source = !relation.equals("InitPlan") && !relation.equals("SubPlan");
      if (isModification(node) && source) {
        rows += child.path("Plan Rows").asLong();
      }
      rows += changedRows(child);
    }
    return rows;
  }
}
