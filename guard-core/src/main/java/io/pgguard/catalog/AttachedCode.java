package io.pgguard.catalog;

import java.util.Objects;

/**
 * A piece of code that belongs to a relation and runs though no text names it. Immutable.
 *
 * @param part what it is there for
 * @param number the column's attribute number of a default or a generated column; else 0
 * @param refers what it refers to
 */
public record AttachedCode(Part part, int number, Refers refers) {
  public AttachedCode {
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(refers, "refers");
  }

  /** What a piece of code is there for. */
  public enum Part {
    /** The query of a view. */
    VIEW('v'),
    /** A rewrite rule beside a view's own. */
    RULE('r'),
    /** The default of a column. */
    DEFAULT('d'),
    /** A column that is computed when its row is stored. */
    STORED('s'),
    /** A column that is computed when it is read. */
    VIRTUAL('w'),
    /** A check constraint. */
    CHECK('c'),
    /** The comparisons of a foreign key, on both of its sides. */
    FOREIGN_KEY('f'),
    /** The comparisons of a unique or exclusion constraint. */
    KEY('x'),
    /** Expressions, predicate and operator classes of an index. */
    INDEX('i'),
    /** The expressions of a partition key. */
    PARTITION_KEY('k'),
    /** A row policy. */
    POLICY('y'),
    /** The WHEN of a trigger. */
    TRIGGER('t');

    private final char code;

    Part(char code) {
      this.code = code;
    }

    static Part of(char code) {
      for (Part part : values()) {
        if (part.code == code) {
          return part;
        }
      }
      throw new IllegalArgumentException("unknown part '" + code + "'");
    }
  }
}
