package io.pgguard.session;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.policy.Policy;
import io.pgguard.policy.Rule;
import io.pgguard.result.RowAllowance;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How many rows each cursor may still bring: what one FETCH takes, the next has no more. Used by
 * the session's thread.
 */
final class CursorRows {
  private final Map<String, Counted> byName = new HashMap<>();

  /** A cursor's allowance, and the DECLARE that it is of; null for a cursor nobody declared. */
  private record Counted(@Nullable StatementAnalysis declared, RowAllowance rows) {}

  /**
   * The allowance of the cursor that a FETCH reads; null where it is unbounded.
   *
   * @param declared what is known of the cursor, or null
   */
  @Nullable RowAllowance of(
      StatementFacts fetch, @Nullable StatementAnalysis declared, Policy policy) {
    if (fetch.kind() != StatementKind.FETCH) {
      return null;
    }
    String name = fetch.cursorName().orElse("");
    Counted known = byName.get(name);
    if (known != null && known.declared() == declared) {
      return known.rows();
    }
    OptionalLong most =
        declared == null ? smallest(policy) : RowLimits.of(declared.decision(), policy);
    if (most.isEmpty()) {
      return null;
    }
    Counted counted = new Counted(declared, new RowAllowance(most.getAsLong()));
    byName.put(name, counted);
    return counted.rows();
  }

  /** A cursor was closed, or all of them. */
  void closed(@Nullable String name) {
    if (name == null) {
      byName.clear();
    } else {
      byName.remove(name);
    }
  }

  /** A transaction ended: cursors that nobody declared by SQL are gone with it. */
  void transactionEnded() {
    byName.values().removeIf(one -> one.declared() == null);
  }

  /** Nobody knows by which rule the rows of such a cursor were let through: so by the least. */
  private static OptionalLong smallest(Policy policy) {
    OptionalLong least = policy.limits().rows();
    for (Rule rule : policy.rules()) {
      OptionalLong rows = rule.maxRows();
      if (rows.isPresent() && (least.isEmpty() || rows.getAsLong() < least.getAsLong())) {
        least = rows;
      }
    }
    return least;
  }
}
