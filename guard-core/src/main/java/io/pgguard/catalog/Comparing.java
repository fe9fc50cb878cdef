package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * What compares columns of a relation when rows are written, and fails or keeps rows in another
 * place by what comes of it. Immutable.
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
    CHECK('c'),
    /** What a row policy asks of rows that are written. */
    POLICY('y'),
    /** A partition key: it decides in which partition a row is kept. */
    PARTITION_KEY('k'),
    /** The predicate of an index that is not unique: it decides which rows are in the index. */
    PARTIAL('p');

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
