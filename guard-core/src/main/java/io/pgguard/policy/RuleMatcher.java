package io.pgguard.policy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells whether a rule speaks for a statement. Immutable and thread-safe.
 *
 * <p>A rule that stops speaks as soon as one thing about the statement fits. A rule that allows
 * speaks only for the whole: every relation read, written and every function called must fit where
 * it asks for them, and {@code kind} must name each thing that the statement does. So {@code kind:
 * select, then: allow} does not speak for a SELECT whose WITH deletes rows. What it does besides,
 * as the query of an INSERT does, and what the server does because somebody attached code to what
 * is used, concerns only rules that stop.
 */
final class RuleMatcher {
  private static final KindSet SELECT = KindSet.of("select");
  private static final KindSet TRANSACTION = KindSet.of("transaction");

  private final Condition when;
  private final Verdict.Outcome then;
  private final boolean allows;
  private final KindSet kinds;

  RuleMatcher(Condition when, Verdict.Outcome then) {
    this.when = when;
    this.then = then;
    this.allows = then == Verdict.Outcome.ALLOW;
    this.kinds = KindSet.of(when.kinds());
  }

  /** Whether the rule speaks. */
  boolean matches(KnownFigures figures) {
    return matchesBesideFigures(figures) && figuresOver(figures) == figuresAsked();
  }

  /** Whether it would speak if every figure that it asks for were over. */
  boolean matchesBesideFigures(KnownFigures figures) {
    StatementSubject subject = figures.subject();
    boolean own = kindMatches(figures.kinds());
    return (own || kindBesides(figures))
        && (when.where() == null || when.where() == subject.where())
        && (when.locking() == null || when.locking() == subject.locking())
        && (when.intentStated() == null
            || when.intentStated() == subject.circumstances().intentStated())
        && when.asker().matches(subject.principal())
        && subject.circumstances().holds(when.circumstances(), allows)
        && relationsMatch(
            when.reads(),
            subject.reads(),
            subject.besides().reads(),
            own && subject.besides().open())
        && relationsMatch(
            when.writes(),
            subject.writes(),
            subject.besides().writes(),
            own && subject.besides().open())
        && functionsMatch(subject.functions(), subject.besides())
        && columnsMatch(subject, own && subject.besides().open());
  }

  private boolean columnsMatch(StatementSubject subject, boolean open) {
    ColumnCondition columns = when.columns();
    ColumnUse use = subject.columns();
    return columns.isAny()
        || (columns.reads(use, allows, open)
            && columns.sets(use, allows, open)
            && columns.star(use, allows));
  }

  /** What of a statement it does not fit, where it fits something of its kinds. */
  enum Miss {
    NOTHING,
    KIND,
    PART_OF_KINDS,
    WHERE,
    LOCKING,
    INTENT,
    PRINCIPAL,
    CIRCUMSTANCES,
    READS,
    WRITES,
    FUNCTIONS,
    COLUMNS_READ,
    COLUMNS_SET,
    STAR,
    FIGURES
  }

  /** The first condition that a statement does not fit. */
  Miss misses(KnownFigures figures) {
    StatementSubject subject = figures.subject();
    Besides besides = subject.besides();
    if (!kinds.isEmpty() && !kinds.meets(figures.kinds())) {
      return Miss.KIND;
    }
    if (when.where() != null && when.where() != subject.where()) {
      return Miss.WHERE;
    }
    if (when.locking() != null && when.locking() != subject.locking()) {
      return Miss.LOCKING;
    }
    if (when.intentStated() != null
        && when.intentStated() != subject.circumstances().intentStated()) {
      return Miss.INTENT;
    }
    if (!when.asker().matches(subject.principal())) {
      return Miss.PRINCIPAL;
    }
    if (!subject.circumstances().holds(when.circumstances(), allows)) {
      return Miss.CIRCUMSTANCES;
    }
    if (!relationsMatch(when.reads(), subject.reads(), besides.reads(), besides.open())) {
      return Miss.READS;
    }
    if (!relationsMatch(when.writes(), subject.writes(), besides.writes(), besides.open())) {
      return Miss.WRITES;
    }
    if (!functionsMatch(subject.functions(), besides)) {
      return Miss.FUNCTIONS;
    }
    if (!when.columns().reads(subject.columns(), allows, besides.open())) {
      return Miss.COLUMNS_READ;
    }
    if (!when.columns().sets(subject.columns(), allows, besides.open())) {
      return Miss.COLUMNS_SET;
    }
    if (!when.columns().star(subject.columns(), allows)) {
      return Miss.STAR;
    }
    if (!kindMatches(figures.kinds())) {
      return Miss.PART_OF_KINDS;
    }
    return figuresOver(figures) == figuresAsked() ? Miss.NOTHING : Miss.FIGURES;
  }

  /** Whether it names transaction control. */
  boolean namesTransactions() {
    return kinds.meets(TRANSACTION);
  }

  /** The figures that it asks for, as bits. */
  int figuresAsked() {
    return bit(when.affectedRowsOver().isPresent(), Figure.AFFECTED_ROWS)
        | bit(when.estimatedRowsOver().isPresent(), Figure.ESTIMATED_ROWS)
        | bit(when.estimatedCostOver().isPresent(), Figure.ESTIMATED_COST);
  }

  private int figuresOver(KnownFigures figures) {
    return over(figures, Figure.AFFECTED_ROWS, when.affectedRowsOver())
        | over(figures, Figure.ESTIMATED_ROWS, when.estimatedRowsOver())
        | over(figures, Figure.ESTIMATED_COST, when.estimatedCostOver());
  }

  private int over(KnownFigures figures, Figure figure, OptionalLong limit) {
    return bit(limit.isPresent() && figures.isOver(figure, limit.getAsLong(), then), figure);
  }

  private int over(KnownFigures figures, Figure figure, OptionalDouble limit) {
    return bit(limit.isPresent() && figures.isOver(figure, limit.getAsDouble(), then), figure);
  }

  private static int bit(boolean set, Figure figure) {
    return set ? 1 << figure.ordinal() : 0;
  }

  private boolean kindMatches(KindSet subject) {
    if (kinds.isEmpty()) {
      return true;
    }
    if (!kinds.meets(subject)) {
      return false;
    }
    return !allows || KindFamilies.namesAllOf(kinds, subject);
  }

  /**
   * Whether a rule that stops names what a statement of another kind does on its way: the query of
   * an INSERT, what a MERGE does; and where it names relations that are read, any reading of them.
   */
  private boolean kindBesides(KnownFigures figures) {
    return !allows && (kinds.meets(figures.besides()) || (kinds.meets(SELECT) && readsAsked()));
  }

  private boolean readsAsked() {
    return !when.reads().isEmpty() || !when.columns().reads().isEmpty();
  }

  private boolean relationsMatch(
      List<RelationPattern> patterns, Set<String> relations, Set<String> besides, boolean open) {
    if (patterns.isEmpty()) {
      return true;
    }
    for (String relation : relations) {
      if (namesRelation(patterns, relation) != allows) {
        return !allows;
      }
    }
    return allows ? !relations.isEmpty() : open || anyRelation(patterns, besides);
  }

  private boolean anyRelation(List<RelationPattern> patterns, Set<String> besides) {
    for (String relation : besides) {
      if (namesRelation(patterns, relation)) {
        return true;
      }
    }
    return false;
  }

  private boolean namesRelation(List<RelationPattern> patterns, String relation) {
    for (int i = 0; i < patterns.size(); i++) {
      RelationPattern pattern = patterns.get(i);
      if (allows ? pattern.covers(relation) : pattern.matches(relation)) {
        return true;
      }
    }
    return false;
  }

  private boolean functionsMatch(Set<String> functions, Besides besides) {
    if (when.functions().isEmpty()) {
      return true;
    }
    for (String function : functions) {
      if (calls(function) != allows) {
        return !allows;
      }
    }
    return allows ? !functions.isEmpty() : besides.open() || anyFunction(besides.functions());
  }

  private boolean anyFunction(Set<String> besides) {
    for (String function : besides) {
      if (calls(function)) {
        return true;
      }
    }
    return false;
  }

  private boolean calls(String function) {
    for (FunctionPattern pattern : when.functions()) {
      if (allows ? pattern.covers(function) : pattern.matches(function)) {
        return true;
      }
    }
    return false;
  }
}
