package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A constraint or index that compares what is written with what is there, or columns of one row
 * with each other, and fails where it must. Immutable.
 *
 * @param relation OID of the relation
 * @param kind what it is
 * @param columns attribute numbers that it looks at, also within expressions and predicates
 * @param plain whether it compares columns by nothing but the equality of their types' default
 *     operator classes under deterministic collations: no expression, no predicate
 */
public record Comparing(int relation, Kind kind, List<Integer> columns, boolean plain) {
  public Comparing {
    Objects.requireNonNull(kind, "kind");
    columns = List.copyOf(columns);
  }

  /** What compares. */
  public enum Kind {
    UNIQUE('u'),
    EXCLUSION('x'),
    CHECK('c');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    static Kind of(char code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown constraint '" + code + "'");
    }
  }
}
