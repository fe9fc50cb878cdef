package io.pgguard.lineage;

import java.util.Objects;

/**
 * A column that influences which rows or values appear.
 *
 * @param relationOid the relation's OID
 * @param number the attribute number; 0 stands for the whole row
 * @param kind whether it is compared for equality with constants or parameters alone
 * @param where the clause, for people: {@code WHERE}, {@code JOIN}, {@code ORDER BY}, {@code a
 *     function that may fail}
 */
public record Influence(int relationOid, int number, Kind kind, String where) {
  public Influence {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(where, "where");
  }

  /** What a policy's {@code inference: equality} lets through, and what not. */
  public enum Kind {
    /** {@code column = constant} or {@code column IN (constants)}, the column bare. */
    EQUALITY,
    /** Anything else. */
    OTHER
  }
}
