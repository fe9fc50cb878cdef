package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which rules nearly let a statement run, and the condition of each that it does not fit. Stateless
 * and thread-safe.
 */
final class NearRules {
  /** So that the sentence stays one that is read. */
  private static final int MOST = 2;

  private static final int MOST_PATTERNS = 3;

  private NearRules() {}

  /** In words; empty where no rule that lets anything run is for its kinds. */
  static Optional<String> of(Policy policy, StatementSubject subject) {
    KnownFigures figures = KnownFigures.inDoubt(subject);
    List<String> near = new ArrayList<>();
    for (Rule rule : policy.rules()) {
      if (rule.then() != Verdict.Outcome.DENY && near.size() < MOST) {
        words(rule, rule.matcher().misses(figures), subject).ifPresent(near::add);
      }
    }
    return near.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", near));
  }

  private static Optional<String> words(
      Rule rule, RuleMatcher.Miss miss, StatementSubject subject) {
    Condition when = rule.when();
    String id = rule.id();
    return switch (miss) {
      case NOTHING, KIND -> Optional.empty();
      case PART_OF_KINDS ->
          Optional.of(RuleWording.NEARLY_KINDS.words(id, RuleWords.list(subject.kinds())));
      case WHERE ->
          Optional.of(
              (when.where() == WhereState.PRESENT
                      ? RuleWording.NEARLY_WHERE
                      : RuleWording.NEARLY_NO_WHERE)
                  .words(id));
      case LOCKING ->
          Optional.of(
              (Boolean.TRUE.equals(when.locking())
                      ? RuleWording.NEARLY_LOCKS
                      : RuleWording.NEARLY_LOCKS_NOTHING)
                  .words(id));
      case INTENT ->
          Boolean.TRUE.equals(when.intentStated())
              ? Optional.of(RuleWording.NEARLY_INTENT.words(id))
              : Optional.empty();
      case PRINCIPAL -> Optional.of(RuleWording.NEARLY_PRINCIPAL.words(id));
      case READS ->
          Optional.of(
              relations(
                  id,
                  when.reads(),
                  subject.reads(),
                  RuleWording.NEARLY_READS,
                  RuleWording.NEARLY_READS_NONE));
      case WRITES ->
          Optional.of(
              relations(
                  id,
                  when.writes(),
                  subject.writes(),
                  RuleWording.NEARLY_CHANGES,
                  RuleWording.NEARLY_CHANGES_NONE));
      case FUNCTIONS ->
          Optional.of(
              RuleWording.NEARLY_CALLS.words(
                  id, patterns(when.functions().stream().map(FunctionPattern::text).toList())));
      case FIGURES -> Optional.of(RuleWording.NEARLY_FIGURES.words(id));
    };
  }

  private static String relations(
      String id,
      List<RelationPattern> wanted,
      Set<String> found,
      RuleWording others,
      RuleWording none) {
    String patterns = patterns(wanted.stream().map(RelationPattern::text).toList());
    Predicate<String> fits = one -> wanted.stream().anyMatch(pattern -> pattern.covers(one));
    Set<String> other =
        found.stream().filter(fits.negate()).collect(Collectors.toCollection(TreeSet::new));
    return found.isEmpty()
        ? none.words(id, patterns)
        : others.words(id, patterns, RuleWords.list(other));
  }

  private static String patterns(List<String> texts) {
    return texts.size() <= MOST_PATTERNS
        ? String.join(", ", texts)
        : RuleWording.AND_MORE.words(
            String.join(", ", texts.subList(0, MOST_PATTERNS)), texts.size() - MOST_PATTERNS);
  }
}
