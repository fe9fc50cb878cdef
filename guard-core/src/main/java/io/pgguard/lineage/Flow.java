package io.pgguard.lineage;

/** How a column reaches a result. What reaches it in two ways reaches it as {@link #with} says. */
public enum Flow {
  /** Only whether it is NULL matters: {@code IS NULL}, {@code count(column)}. */
  NULLNESS,
  /**
   * It only decides which rows or values appear: WHERE, JOIN, GROUP BY, ORDER BY, CASE conditions.
   */
  INFLUENCE,
  /** The value is the column's own, or that of another that visible conditions chose. */
  COPY,
  /**
   * The value is the column's own or a constant that visible conditions chose: a pseudonym of both
   * would tell where they are the same.
   */
  SELECTION,
  /**
   * The value is computed from it: concatenation, substring, cast, aggregate that returns values.
   */
  DERIVE;

  /** Whether the value may be the column's own. */
  public boolean isOwn() {
    return this == COPY || this == SELECTION;
  }

  /**
   * Both ways at once. A value that a column holds and also decides about is computed from it: what
   * is chosen by the column itself tells more than its mask.
   */
  Flow with(Flow other) {
    boolean chosenByItself =
        (this == INFLUENCE && other.isOwn()) || (isOwn() && other == INFLUENCE);
    return chosenByItself ? DERIVE : compareTo(other) >= 0 ? this : other;
  }
}
