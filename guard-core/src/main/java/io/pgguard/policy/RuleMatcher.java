package io.pgguard.policy;

import io.pgguard.identity.Principal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a rule speaks for a statement. Immutable and thread-safe.
 *
 * <p>A rule that stops speaks as soon as one thing about the statement fits. A rule that allows
 * speaks only for the whole: every relation read, written and every function called must fit where
 * it asks for them, and {@code kind} must name each thing that the statement does. So {@code kind:
 * select, then: allow} does not speak for a SELECT whose WITH deletes rows. What the server does
 * besides, because somebody attached code to what is used, concerns only rules that stop.
 */
final class RuleMatcher {
  /** What a statement may do beside what it is; each needs a word of its family to be allowed. */
  private static final List<Family> FAMILIES =
      List.of(
          new Family(
              KindSet.of("write"),
              KindSet.of("write", "insert", "update", "delete", "merge", "truncate", "copy-in")),
          new Family(
              KindSet.of("ddl"),
              families(
                  "ddl",
                  "drop",
                  "create-",
                  "alter-",
                  "drop-",
                  "select-into",
                  "truncate",
                  "define",
                  "rename",
                  "comment",
                  "import-foreign-schema",
                  "refresh-materialized-view")),
          new Family(
              KindSet.of("privilege"),
              families("privilege", "grant", "revoke", "create-", "alter-", "drop-", "reassign-")),
          new Family(
              KindSet.of("code"), families("code", "do", "call", "create-", "alter-", "ddl")),
          new Family(KindSet.of("two-phase"), KindSet.of("two-phase")),
          new Family(KindSet.of("unknown"), KindSet.of("unknown")));

  /** Kinds that change rows one by one: each must be named unless {@code write} is. */
  private static final KindSet CHANGES =
      KindSet.of("insert", "update", "delete", "merge", "truncate", "copy-in");

  private static final KindSet WRITE = KindSet.of("write");
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

  private record Family(KindSet sign, KindSet words) {}

  private static KindSet families(String... beginnings) {
    return KindSet.of(
        KindWords.all().stream()
            .filter(
                word -> {
                  for (String beginning : beginnings) {
                    if (word.equals(beginning)
                        || (beginning.endsWith("-") && word.startsWith(beginning))) {
                      return true;
                    }
                  }
                  return false;
                })
            .toList());
  }

  /** Whether the rule speaks. */
  boolean matches(KnownFigures figures) {
    return matchesBesideFigures(figures) && figuresOver(figures) == figuresAsked();
  }

  /** Whether it would speak if every figure that it asks for were over. */
  boolean matchesBesideFigures(KnownFigures figures) {
    StatementSubject subject = figures.subject();
    return kindMatches(figures.kinds())
        && (when.where() == null || when.where() == subject.where())
        && (when.locking() == null || when.locking() == subject.locking())
        && (when.intentStated() == null || when.intentStated() == isStated(subject.intent()))
        && principalMatches(subject.principal())
        && relationsMatch(
            when.reads(), subject.reads(), subject.besides().reads(), subject.besides().open())
        && relationsMatch(
            when.writes(), subject.writes(), subject.besides().writes(), subject.besides().open())
        && functionsMatch(subject.functions(), subject.besides());
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

  static boolean isStated(@Nullable String intent) {
    return intent != null && !intent.isBlank();
  }

  private boolean kindMatches(KindSet subject) {
    if (kinds.isEmpty()) {
      return true;
    }
    if (!kinds.meets(subject)) {
      return false;
    }
    return !allows || namesAllOf(subject);
  }

  private boolean namesAllOf(KindSet subject) {
    if (!kinds.meets(WRITE) && !subject.and(CHANGES).isWithin(kinds)) {
      return false;
    }
    KindSet named = kinds.and(subject);
    for (int i = 0; i < FAMILIES.size(); i++) {
      Family family = FAMILIES.get(i);
      if (subject.meets(family.sign()) && !named.meets(family.words())) {
        return false;
      }
    }
    return true;
  }

  private boolean principalMatches(Principal principal) {
    return (when.groups().isEmpty() || meets(when.groups(), principal.groups()))
        && (when.agents().isEmpty() || names(when.agents(), principal.agent()))
        && (when.models().isEmpty() || names(when.models(), principal.model()));
  }

  private static boolean meets(Set<String> a, Set<String> b) {
    for (String one : a) {
      if (b.contains(one)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(List<WordPattern> patterns, @Nullable String word) {
    if (word == null) {
      return false;
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(word)) {
        return true;
      }
    }
    return false;
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
