package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in words why a rule stops a statement and what would be allowed instead. */
final class RuleWords {
  private static final int MOST_NAMED = 5;

  private RuleWords() {}

  static Verdict verdict(Rule rule, Policy policy, StatementSubject subject) {
    String facts = facts(rule.when(), subject);
    String sentence =
        rule.then() == Verdict.Outcome.DENY
            ? RuleWording.REFUSES.words(rule.id(), facts)
            : RuleWording.ASKS.words(rule.id(), people(rule.by()), facts);
    String message = rule.message();
    return new Verdict(
        rule.id(),
        rule.then(),
        message == null ? sentence : RuleWording.IN_THE_POLICYS_WORDS.words(message, sentence),
        hint(rule, policy));
  }

  /** What a rule wants that only observes: it counts for nothing, and stands in the log. */
  static Verdict observed(Rule rule, StatementSubject subject) {
    String facts = facts(rule.when(), subject);
    String words =
        switch (rule.then()) {
          case DENY -> RuleWording.WOULD_REFUSE.words(rule.id(), facts);
          case APPROVE -> RuleWording.WOULD_ASK.words(rule.id(), people(rule.by()), facts);
          case ALLOW -> RuleWording.WOULD_ALLOW.words(rule.id(), facts);
        };
    return new Verdict(rule.id(), Verdict.Outcome.ALLOW, words, null);
  }

  static Verdict otherwise(Policy policy, StatementSubject subject) {
    String kinds = list(subject.kinds());
    return switch (policy.otherwise().outcome()) {
      case DENY ->
          new Verdict(
              PolicyEngine.OTHERWISE,
              Verdict.Outcome.DENY,
              RuleWording.UNSPOKEN_REFUSED.words(kinds),
              NearRules.of(policy, subject).orElseGet(() -> allowedKinds(policy)));
      case APPROVE ->
          new Verdict(
              PolicyEngine.OTHERWISE,
              Verdict.Outcome.APPROVE,
              RuleWording.UNSPOKEN_HELD.words(kinds, people(policy.otherwise().by())),
              null);
      case ALLOW ->
          new Verdict(
              PolicyEngine.OTHERWISE,
              Verdict.Outcome.ALLOW,
              RuleWording.UNSPOKEN_ALLOWED.words(),
              null);
    };
  }

  static Verdict cost(KnownFigures figures, double limit) {
    return new Verdict(
        PolicyEngine.COST,
        Verdict.Outcome.DENY,
        figures.isKnown(Figure.ESTIMATED_COST)
            ? RuleWording.COSTS.words(number(limit))
            : RuleWording.COST_UNKNOWN.words(number(limit)),
        RuleWording.ASK_FOR_LESS.words());
  }

  /** Who must approve, in words. */
  static String people(Approvers by) {
    String count =
        by.count() == 1 ? RuleWording.ONE_PERSON.words() : RuleWording.PEOPLE.words(by.count());
    return by.groups().isEmpty()
        ? RuleWording.BUT_THE_REQUESTER.words(count)
        : RuleWording.OF_GROUPS.words(
            count, String.join(RuleWording.OR.words(), new TreeSet<>(by.groups())));
  }

  private static String facts(Condition when, StatementSubject subject) {
    List<String> facts = new ArrayList<>();
    String kinds = named(all(subject.kinds(), subject.besides().kinds()), when.kinds()::contains);
    if (!kinds.isEmpty()) {
      facts.add(RuleWording.OF_KIND.words(kinds));
    }
    if (when.where() == WhereState.MISSING) {
      facts.add(RuleWording.NO_WHERE.words());
    } else if (when.where() == WhereState.PRESENT) {
      facts.add(RuleWording.WHERE.words());
    }
    does(facts, when, subject);
    ColumnWords.facts(facts, when.columns(), subject.columns());
    if (when.locking() != null) {
      facts.add((when.locking() ? RuleWording.LOCKS : RuleWording.LOCKS_NOTHING).words());
    }
    if (when.intentStated() != null) {
      facts.add(
          (when.intentStated() ? RuleWording.STATES_INTENT : RuleWording.STATES_NO_INTENT).words());
    }
    figures(facts, when, subject);
    principal(facts, when, subject);
    CircumstanceWords.facts(facts, when.circumstances());
    return facts.isEmpty()
        ? RuleWording.EVERY.words()
        : String.join(RuleWording.AND.words(), facts);
  }

  /** What a rule's condition found; nothing by name where only code that is not seen may do it. */
  private static void does(List<String> facts, Condition when, StatementSubject subject) {
    if (!when.reads().isEmpty()) {
      String found = relations(all(subject.reads(), subject.besides().reads()), when.reads());
      facts.add(found.isEmpty() ? RuleWording.MAY_READ.words() : RuleWording.READS.words(found));
    }
    if (!when.writes().isEmpty()) {
      String found = relations(all(subject.writes(), subject.besides().writes()), when.writes());
      facts.add(
          found.isEmpty() ? RuleWording.MAY_CHANGE.words() : RuleWording.CHANGES.words(found));
    }
    if (!when.functions().isEmpty()) {
      String found =
          named(
              all(subject.functions(), subject.besides().functions()),
              f -> when.functions().stream().anyMatch(p -> p.matches(f)));
      facts.add(found.isEmpty() ? RuleWording.MAY_CALL.words() : RuleWording.CALLS.words(found));
    }
  }

  private static Set<String> all(Set<String> asked, Set<String> besides) {
    Set<String> all = new TreeSet<>(asked);
    all.addAll(besides);
    return all;
  }

  /** The numbers themselves are left out: they can tell what the agent may not read. */
  private static void figures(List<String> facts, Condition when, StatementSubject subject) {
    when.affectedRowsOver()
        .ifPresent(
            limit ->
                facts.add(
                    (subject.affectedRows().isPresent()
                            ? RuleWording.CHANGES_ROWS
                            : RuleWording.CHANGES_UNKNOWN)
                        .words(number(limit))));
    when.estimatedRowsOver()
        .ifPresent(
            limit ->
                facts.add(
                    (subject.estimatedRows().isPresent()
                            ? RuleWording.BRINGS_ROWS
                            : RuleWording.BRINGS_UNKNOWN)
                        .words(number(limit))));
    when.estimatedCostOver()
        .ifPresent(
            limit ->
                facts.add(
                    (subject.estimatedCost().isPresent()
                            ? RuleWording.NEEDS_COST
                            : RuleWording.NEEDS_UNKNOWN)
                        .words(number(limit))));
  }

  private static void principal(List<String> facts, Condition when, StatementSubject subject) {
    PrincipalCondition asker = when.asker();
    if (!asker.groups().isEmpty()) {
      facts.add(
          RuleWording.ASKED_BY.words(
              named(subject.principal().groups(), asker.groups()::contains)));
    }
    if (!asker.notGroups().isEmpty()) {
      facts.add(RuleWording.ASKED_BY_NONE.words(list(asker.notGroups())));
    }
    if (!asker.agents().isEmpty()) {
      facts.add(RuleWording.FROM_AGENT.words(String.valueOf(subject.principal().agent())));
    }
    if (!asker.models().isEmpty()) {
      facts.add(RuleWording.FROM_MODEL.words(String.valueOf(subject.principal().model())));
    }
  }

  private static @Nullable String hint(Rule rule, Policy policy) {
    if (rule.then() == Verdict.Outcome.APPROVE) {
      return RuleWording.ONCE_APPROVED.words(people(rule.by()), Durations.text(rule.within()));
    }
    Condition when = rule.when();
    if (when.where() == WhereState.MISSING) {
      return RuleWording.PICK_ROWS.words();
    }
    if (when.affectedRowsOver().isPresent()) {
      return RuleWording.CHANGE_AT_MOST.words(when.affectedRowsOver().getAsLong());
    }
    if (when.estimatedRowsOver().isPresent()) {
      return RuleWording.ASK_FOR_AT_MOST.words(when.estimatedRowsOver().getAsLong());
    }
    if (when.estimatedCostOver().isPresent()) {
      return RuleWording.ASK_FOR_LESS.words();
    }
    if (Boolean.FALSE.equals(when.intentStated())) {
      return RuleWording.STATE_INTENT.words();
    }
    if (Boolean.TRUE.equals(when.locking())) {
      return RuleWording.LOCK_NOTHING.words();
    }
    return allowedKinds(policy);
  }

  private static @Nullable String allowedKinds(Policy policy) {
    Set<String> kinds = new TreeSet<>();
    for (Rule rule : policy.rules()) {
      if (rule.then() != Verdict.Outcome.DENY && !rule.observes()) {
        kinds.addAll(rule.when().kinds());
      }
    }
    return kinds.isEmpty() ? null : RuleWording.ALLOWED_KINDS.words(String.join(", ", kinds));
  }

  private static String relations(Set<String> relations, List<RelationPattern> patterns) {
    return named(relations, r -> patterns.stream().anyMatch(p -> p.matches(r)));
  }

  private static String named(Set<String> all, Predicate<String> wanted) {
    return list(all.stream().filter(wanted).collect(Collectors.toSet()));
  }

  static String list(Set<String> words) {
    List<String> sorted = new ArrayList<>(new TreeSet<>(words));
    return sorted.size() <= MOST_NAMED
        ? String.join(", ", sorted)
        : RuleWording.AND_MORE.words(
            String.join(", ", sorted.subList(0, MOST_NAMED)), sorted.size() - MOST_NAMED);
  }

  private static String number(double figure) {
    return figure == Math.rint(figure) && Math.abs(figure) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) figure)
        : String.valueOf(figure);
  }
}
