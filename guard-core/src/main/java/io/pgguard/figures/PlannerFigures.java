package io.pgguard.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.judge.Planned;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the planner expects of a statement from the answer of EXPLAIN (FORMAT JSON). Stateless
 * and thread-safe.
 */
public final class PlannerFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlannerFigures() {}

  /** The figures of an answer; unknown ones where it has none. */
  public static Planned of(List<@Nullable String> row) {
    String json = row.size() == 1 ? row.get(0) : null;
    return json == null ? Planned.UNKNOWN : read(json);
  }

  /** Rewrite rules can make several plans of one statement, or none. */
  static Planned read(String json) {
    try {
      long rows = 0;
      double cost = 0;
      for (JsonNode one : JSON.readTree(json)) {
        JsonNode plan = one.path("Plan");
        long shown = isModification(plan) ? 0 : plan.path("Plan Rows").asLong();
        rows += Math.max(shown, changedRows(plan));
        cost += plan.path("Total Cost").asDouble();
      }
      return new Planned(OptionalLong.of(rows), OptionalDouble.of(cost));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the server's EXPLAIN (FORMAT JSON) is no JSON", e);
    }
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
