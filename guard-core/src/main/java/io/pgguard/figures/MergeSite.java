package io.pgguard.figures;

import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a MERGE into queries that count what it would change. Of the WHEN clauses of a kind the
 * first whose condition holds acts (PostgreSQL, MERGE, "when_clause").
 */
final class MergeSite {
  private static final String NEVER = "false";

  private final ClauseCuts cuts;
  private final String target;
  private final String source;
  private final String condition;

  /** Whether a pair of rows that meet is changed; likewise a source row and a target row alone. */
  private final String matched;

  private final String added;
  private final String missed;

  /** {@code from} is after MERGE INTO. */
  private MergeSite(ClauseCuts cuts, int from, int end) {
    this.cuts = cuts;
    int when = cuts.next(from, end, Keyword.WHEN);
    int using = cuts.next(from, when, Keyword.USING);
    int on = condition(using + 1, when);
    target = cuts.text(from, using);
    source = cuts.text(using + 1, on);
    condition = cuts.text(on + 1, when);
    matched = changed(when, end, Kind.MATCHED);
    added = changed(when, end, Kind.BY_TARGET);
    missed = changed(when, end, Kind.BY_SOURCE);
  }

  /** Where the ON of the MERGE stands: after those that the joins of its source take. */
  private int condition(int from, int end) {
    int joins = 0;
    int at = from;
    while (at < end) {
      int join = cuts.next(at, end, Keyword.JOIN);
      int on = Math.min(cuts.next(at, end, Keyword.ON), cuts.next(at, end, Keyword.USING));
      if (join < on) {
        joins += isQualified(join) ? 1 : 0;
      } else if (joins == 0) {
        return on;
      } else {
        joins--;
      }
      at = Math.min(join, on) + 1;
    }
    return end;
  }

  /**
   * Whether ON or USING follows the join: not CROSS JOIN, NATURAL JOIN, NATURAL FULL OUTER JOIN.
   */
  private boolean isQualified(int join) {
    return !cuts.is(join - 1, Keyword.CROSS)
        && !cuts.is(join - 1, Keyword.NATURAL)
        && !cuts.is(join - 2, Keyword.NATURAL)
        && !(cuts.is(join - 1, Keyword.OUTER) && cuts.is(join - 3, Keyword.NATURAL));
  }

  private enum Kind {
    MATCHED,
    BY_TARGET,
    BY_SOURCE
  }

  static WriteSite of(ClauseCuts cuts, int from, int to) {
    MergeSite merge = new MergeSite(cuts, from, cuts.next(from, to, Keyword.RETURNING));
    return new WriteSite(merge.rows(), merge.spared(), null);
  }

  private String rows() {
    List<String> parts = new ArrayList<>();
    if (!matched.equals(NEVER)) {
      parts.add("SELECT 1 FROM " + target + ", " + source + " WHERE " + meets() + and(matched));
    }
    if (!added.equals(NEVER)) {
      parts.add("SELECT 1 FROM " + source + " WHERE " + unmetBy(target, "") + and(added));
    }
    if (!missed.equals(NEVER)) {
      parts.add("SELECT 1 FROM " + target + " WHERE " + unmetBy(source, "") + and(missed));
    }
    return parts.isEmpty() ? "SELECT 1 WHERE false" : String.join(" UNION ALL ", parts);
  }

  /** Rows of the target that stay as they are; null where the statement changes none of them. */
  private @Nullable String spared() {
    if (matched.equals(NEVER) && missed.equals(NEVER)) {
      return null;
    }
    String alone =
        missed.equals(NEVER) ? "" : " AND NOT (" + unmetBy(source, "") + and(missed) + ")";
    return "SELECT 1 FROM " + target + " WHERE " + unmetBy(source, and(matched)) + alone;
  }

  private String meets() {
    return "(" + condition + ")";
  }

  private static String and(String changed) {
    return " AND " + changed;
  }

  /** The condition that no row of the others meets. */
  private String unmetBy(String others, String more) {
    return "NOT EXISTS (SELECT 1 FROM " + others + " WHERE " + meets() + more + ")";
  }

  /** What must hold for a row of the kind to be changed. */
  private String changed(int from, int to, Kind kind) {
    StringBuilder choice = new StringBuilder();
    boolean changes = false;
    int when = from;
    while (when < to) {
      int then = cuts.next(when, to, Keyword.THEN);
      if (kind(when, then) == kind) {
        int and = cuts.next(when, then, Keyword.AND);
        boolean change = !cuts.is(then + 1, Keyword.DO);
        changes |= change;
        choice.append(" WHEN ").append(and < then ? cuts.text(and + 1, then) : "true");
        choice.append(" THEN ").append(change);
      }
      when = cuts.next(then, to, Keyword.WHEN);
    }
    return changes ? "CASE" + choice + " ELSE false END" : NEVER;
  }

  private Kind kind(int when, int then) {
    if (!cuts.is(when + 1, Keyword.NOT)) {
      return Kind.MATCHED;
    }
    // WHEN NOT MATCHED [BY SOURCE | BY TARGET]
    int source = when + 4;
    return cuts.is(when + 3, Keyword.BY) && source < then && cuts.word(source, "source")
        ? Kind.BY_SOURCE
        : Kind.BY_TARGET;
  }
}
