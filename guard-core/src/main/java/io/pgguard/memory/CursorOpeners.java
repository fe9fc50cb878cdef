package io.pgguard.memory;

import io.pgguard.catalog.Function;
import io.pgguard.judge.Protections;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.reach.Reach;
import io.pgguard.statement.StatementKind;
import java.util.HashSet;
import java.util.Set;

/** Whose code a statement makes the server run that may open a cursor. Stateless. */
public enum CursorOpeners {
  /** Nobody's. */
  NONE,
  /** That of functions which the policy allows. */
  ALLOWED,
  /** Code that nobody vouches for. */
  OTHERS;

  /**
   * Of a statement.
   *
   * @param analysis what runs: of EXECUTE and FETCH, what was prepared or declared
   */
  public static CursorOpeners of(StatementAnalysis analysis) {
    StatementKind kind = analysis.facts().kind();
    if (kind == StatementKind.DO || kind == StatementKind.UNKNOWN) {
      return OTHERS;
    }
    Reach reach = analysis.reach();
    if (reach.systemOnly()) {
      return NONE;
    }
    Protections protections = analysis.protections();
    Set<Integer> functions = new HashSet<>(reach.functions());
    functions.addAll(protections.reaches().followed(reach).functions());
    CursorOpeners found = reach.open() ? OTHERS : NONE;
    for (int oid : functions) {
      CursorOpeners one = of(oid, protections);
      found = one.compareTo(found) > 0 ? one : found;
    }
    return found;
  }

  private static CursorOpeners of(int oid, Protections protections) {
    if (Function.builtIn(oid)) {
      return NONE;
    }
    Function function = protections.catalog().function(oid).orElse(null);
    if (function == null) {
      return OTHERS;
    } else if (protections.vouches(function)) {
      return ALLOWED;
    }
    return protections.reaches().opensCursors(function) ? OTHERS : NONE;
  }
}
