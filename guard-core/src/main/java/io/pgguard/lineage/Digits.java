package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.internal.syntax.tree.Expression;
import org.jspecify.annotations.Nullable;

/**
 * How many digits a number has at most, as its declaration says. A column of {@code numeric(p, s)}
 * holds p - s digits before the point and s after it, and no infinity; NaN it may hold, which sums,
 * differences and products take for themselves without an error. numeric itself ends at 131072
 * digits before the point and 16383 after it (PostgreSQL documentation, "Numeric Types").
 * Immutable.
 *
 * @param before the digits before the point
 * @param after those after it
 */
record Digits(int before, int after) {
  /** OID of numeric. */
  static final int NUMERIC = 1700;

  /** More than a declaration allows (NUMERIC_MAX_PRECISION), and what the list was judged for. */
  private static final int MOST = 1_000;

  /** An aggregate has no more rows than an integer of eight bytes counts. */
  private static final int ROWS = 19;

  /** {@code atttypmod} has the length of a header in it (VARHDRSZ). */
  private static final int HEADER = 4;

  /** What a column's declaration says; null where it says nothing. */
  static @Nullable Digits of(Relation relation, Column column) {
    boolean checked =
        relation.kind() == RelationKind.TABLE || relation.kind() == RelationKind.PARTITIONED_TABLE;
    if (column.typeOid() != NUMERIC || column.typeModifier() < HEADER || !checked) {
      return null;
    }
    int modifier = column.typeModifier() - HEADER;
    int precision = modifier >> 16 & 0xffff;
    int scale = ((modifier & 0x7ff) ^ 1024) - 1024;
    return new Digits(Math.max(precision - scale, 0), Math.max(scale, 0));
  }

  /** What is known of a value; null where it may be of any length. */
  static @Nullable Digits of(Value value, @Nullable Expression expression) {
    Digits digits =
        switch (value.type()) {
          case 21, 23, 20 -> new Digits(19, 0); // int2, int4, int8
          default -> value.digits();
        };
    boolean small = expression != null && Literals.isSmall(expression);
    return small ? new Digits(9, 9) : digits;
  }

  /** Whether it is no longer than a declaration could have it. */
  boolean isDeclared() {
    return before <= MOST && after <= MOST;
  }

  /** What an operator gives; null where that is not told by the digits. */
  static @Nullable Digits of(String symbol, @Nullable Digits left, @Nullable Digits right) {
    if (left == null || right == null) {
      return null;
    }
    return switch (symbol) {
      case "+", "-" -> either(left, right).more(1);
      case "*" -> new Digits(left.before + right.before, left.after + right.after);
      default -> null;
    };
  }

  /** What the sum of any number of rows has. */
  Digits sum() {
    return more(ROWS);
  }

  /** What a value has that is one or the other. */
  static @Nullable Digits both(@Nullable Digits left, @Nullable Digits right) {
    return left == null || right == null ? null : either(left, right);
  }

  private static Digits either(Digits left, Digits right) {
    return new Digits(Math.max(left.before, right.before), Math.max(left.after, right.after));
  }

  private Digits more(int digits) {
    return new Digits(before + digits, after);
  }
}
