package io.pgguard.policy;

/**
 * What is known of a statement's figures, and what is assumed of those that are not.
 *
 * @param subject the statement
 * @param kinds its kinds
 * @param besides the kinds of what it does besides
 * @param assumedOver figures that count as over any limit where they are not known, as bits by
 *     {@link Figure#ordinal}
 * @param doubt whether the assumption stands for doubt: then a rule that allows does not profit
 */
record KnownFigures(
    StatementSubject subject, KindSet kinds, KindSet besides, int assumedOver, boolean doubt) {
  static final int ALL = (1 << Figure.values().length) - 1;

  /** Kinds that neither bring rows worth counting nor change any. */
  private static final KindSet NO_ROWS =
      KindSet.of(
          "transaction",
          "two-phase",
          "session",
          "set",
          "discard",
          "set-constraints",
          "show",
          "listen",
          "unlisten",
          "notify",
          "lock",
          "prepare",
          "deallocate",
          "cursor",
          "fetch",
          "close",
          "explain");

  /** Kinds that change no rows. */
  private static final KindSet NO_CHANGES =
      KindSet.or(NO_ROWS, KindSet.of("select", "copy-out", "declare"));

  /** In doubt every figure is over. */
  static KnownFigures inDoubt(StatementSubject subject) {
    return new KnownFigures(
        subject,
        KindSet.of(subject.kinds()),
        subject.besides().kinds().isEmpty() ? KindSet.NONE : KindSet.of(subject.besides().kinds()),
        ALL,
        true);
  }

  KnownFigures assuming(int over) {
    return new KnownFigures(subject, kinds, besides, over, false);
  }

  /** Whether such a statement has such a figure at all. */
  boolean applies(Figure figure) {
    return !kinds.isWithin(figure == Figure.AFFECTED_ROWS ? NO_CHANGES : NO_ROWS);
  }

  boolean isKnown(Figure figure) {
    return switch (figure) {
      case AFFECTED_ROWS -> subject.affectedRows().isPresent();
      case ESTIMATED_ROWS -> subject.estimatedRows().isPresent();
      case ESTIMATED_COST -> subject.estimatedCost().isPresent();
    };
  }

  double value(Figure figure) {
    return switch (figure) {
      case AFFECTED_ROWS -> subject.affectedRows().getAsLong();
      case ESTIMATED_ROWS -> subject.estimatedRows().getAsLong();
      case ESTIMATED_COST -> subject.estimatedCost().getAsDouble();
    };
  }

  /** Whether a figure is over a limit, as a rule with this outcome must see it. */
  boolean isOver(Figure figure, double limit, Verdict.Outcome then) {
    if (isKnown(figure)) {
      return !(value(figure) <= limit);
    }
    if (!applies(figure) || (assumedOver & (1 << figure.ordinal())) == 0) {
      return false;
    }
    return !doubt || then != Verdict.Outcome.ALLOW;
  }
}
