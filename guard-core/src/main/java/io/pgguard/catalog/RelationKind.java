package io.pgguard.catalog;

/** What a relation is ({@code pg_class.relkind}). */
public enum RelationKind {
  TABLE('r'),
  PARTITIONED_TABLE('p'),
  VIEW('v'),
  MATERIALIZED_VIEW('m'),
  FOREIGN_TABLE('f'),
  SEQUENCE('S'),
  COMPOSITE_TYPE('c'),
  INDEX('i'),
  PARTITIONED_INDEX('I'),
  TOAST('t');

  private final char code;

  RelationKind(char code) {
    this.code = code;
  }

  /** The letter that {@code pg_class.relkind} uses. */
  public char code() {
    return code;
  }

  /**
   * The kind of a {@code pg_class.relkind} letter.
   *
   * @throws IllegalArgumentException for a letter that PostgreSQL 18 does not use
   */
  public static RelationKind of(char code) {
    for (RelationKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown relkind '" + code + "'");
  }
}
