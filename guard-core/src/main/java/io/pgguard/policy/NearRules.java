package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      if (rule.then() != Verdict.Outcome.DENY && !rule.observes() && near.size() < MOST) {
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
      case CIRCUMSTANCES ->
          Optional.of(
              CircumstanceWords.near(
                  id, when, subject.circumstances().misses(when.circumstances())));
      case READS -> Optional.of(reads(id, patterns(when.reads()), when.reads(), subject.reads()));
      case WRITES ->
          Optional.of(writes(id, patterns(when.writes()), when.writes(), subject.writes()));
      case FUNCTIONS ->
          Optional.of(
              RuleWording.NEARLY_CALLS.words(
                  id, listed(when.functions().stream().map(FunctionPattern::text).toList())));
      case COLUMNS_READ -> Optional.of(readsColumns(id, when, subject.columns().reads()));
      case COLUMNS_SET -> Optional.of(setsColumns(id, when, subject.columns().sets()));
      case STAR ->
          Optional.of(
              (Boolean.TRUE.equals(when.columns().star())
                      ? RuleWording.NEARLY_STAR
                      : RuleWording.NEARLY_NO_STAR)
                  .words(id));
      case FIGURES -> Optional.of(RuleWording.NEARLY_FIGURES.words(id));
    };
  }

  private static String reads(
      String id, String wanted, List<RelationPattern> patterns, Set<String> found) {
    return found.isEmpty()
        ? RuleWording.NEARLY_READS_NONE.words(id, wanted)
        : RuleWording.NEARLY_READS.words(id, wanted, others(patterns, found));
  }

  private static String writes(
      String id, String wanted, List<RelationPattern> patterns, Set<String> found) {
    return found.isEmpty()
        ? RuleWording.NEARLY_CHANGES_NONE.words(id, wanted)
        : RuleWording.NEARLY_CHANGES.words(id, wanted, others(patterns, found));
  }

  private static String readsColumns(String id, Condition when, ColumnUse.Touched touched) {
    if (when.columns().readsNone()) {
      return RuleWording.NEARLY_READS_NOTHING.words(id);
    }
    String wanted = columns(when.columns().reads());
    String others = others(when.columns().reads(), touched);
    return others.isEmpty()
        ? RuleWording.NEARLY_READS_NO_COLUMNS.words(id, wanted)
        : RuleWording.NEARLY_READS_COLUMNS.words(id, wanted, others);
  }

  private static String setsColumns(String id, Condition when, ColumnUse.Touched touched) {
    String wanted = columns(when.columns().sets());
    String others = others(when.columns().sets(), touched);
    return others.isEmpty()
        ? RuleWording.NEARLY_SETS_NO_COLUMNS.words(id, wanted)
        : RuleWording.NEARLY_SETS_COLUMNS.words(id, wanted, others);
  }

  private static String others(List<ColumnPattern> patterns, ColumnUse.Touched touched) {
    return RuleWords.list(
        Stream.concat(touched.told().stream(), touched.whole().stream())
            .filter(name -> !ColumnCondition.matches(patterns, name))
            .map(ColumnName::text)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String columns(List<ColumnPattern> patterns) {
    return listed(patterns.stream().map(ColumnPattern::text).toList());
  }

  private static String others(List<RelationPattern> patterns, Set<String> found) {
    return RuleWords.list(
        found.stream()
            .filter(one -> patterns.stream().noneMatch(pattern -> pattern.covers(one)))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static String patterns(List<RelationPattern> patterns) {
    return listed(patterns.stream().map(RelationPattern::text).toList());
  }

  private static String listed(List<String> texts) {
    return texts.size() <= MOST_PATTERNS
        ? String.join(", ", texts)
        : RuleWording.AND_MORE.words(
            String.join(", ", texts.subList(0, MOST_PATTERNS)), texts.size() - MOST_PATTERNS);
  }
}
