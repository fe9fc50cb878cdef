package io.pgguard.policy;

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
    String wants =
        rule.then() == Verdict.Outcome.DENY
            ? "refuses this statement"
            : "asks for approval by " + people(rule.by());
    String sentence = "rule `" + rule.id() + "` " + wants + ": it " + facts(rule.when(), subject);
    String message = rule.message();
    return new Verdict(
        rule.id(),
        rule.then(),
        message == null ? sentence : message + " (" + sentence + ")",
        hint(rule, policy));
  }

  static Verdict otherwise(Policy policy, StatementSubject subject) {
    String what = "no rule of the policy speaks for this statement (" + list(subject.kinds()) + ")";
    return switch (policy.otherwise()) {
      case DENY ->
          new Verdict(
              PolicyEngine.OTHERWISE,
              Verdict.Outcome.DENY,
              what + ", and the policy refuses what no rule speaks for",
              allowedKinds(policy));
      case APPROVE ->
          new Verdict(
              PolicyEngine.OTHERWISE,
              Verdict.Outcome.APPROVE,
              what + ", so it asks for approval by " + people(Rule.ANYBODY),
              null);
      case ALLOW ->
          new Verdict(
              PolicyEngine.OTHERWISE,
              Verdict.Outcome.ALLOW,
              "the policy allows what no rule speaks for",
              null);
    };
  }

  static Verdict cost(KnownFigures figures, double limit) {
    return new Verdict(
        PolicyEngine.COST,
        Verdict.Outcome.DENY,
        figures.isKnown(Figure.ESTIMATED_COST)
            ? "the planner expects this statement to cost more than the policy's limit, "
                + number(limit)
            : "the planner could not tell the cost of this statement; the policy's limit is "
                + number(limit),
        "Ask for less: select fewer rows, join on indexed columns, or add conditions.");
  }

  /** Who must approve, in words. */
  static String people(Approvers by) {
    String count = by.count() == 1 ? "1 person" : by.count() + " different people";
    return by.groups().isEmpty()
        ? count + " other than the requester"
        : count + " of " + String.join(" or ", new TreeSet<>(by.groups()));
  }

  private static String facts(Condition when, StatementSubject subject) {
    List<String> facts = new ArrayList<>();
    if (!when.kinds().isEmpty()) {
      facts.add("is of kind " + named(subject.kinds(), when.kinds()::contains));
    }
    if (when.where() == WhereState.MISSING) {
      facts.add("has no WHERE clause that picks rows");
    } else if (when.where() == WhereState.PRESENT) {
      facts.add("has a WHERE clause");
    }
    if (!when.reads().isEmpty()) {
      facts.add(
          what("read", relations(all(subject.reads(), subject.besides().reads()), when.reads())));
    }
    if (!when.writes().isEmpty()) {
      facts.add(
          what(
              "change",
              relations(all(subject.writes(), subject.besides().writes()), when.writes())));
    }
    if (!when.functions().isEmpty()) {
      facts.add(
          what(
              "call",
              named(
                  all(subject.functions(), subject.besides().functions()),
                  f -> when.functions().stream().anyMatch(p -> p.matches(f)))));
    }
    if (when.locking() != null) {
      facts.add(when.locking() ? "locks the rows that it reads" : "locks no rows");
    }
    if (when.intentStated() != null) {
      facts.add(when.intentStated() ? "states an intent" : "states no intent");
    }
    figures(facts, when, subject);
    principal(facts, when, subject);
    return facts.isEmpty() ? "speaks for every statement" : String.join(" and ", facts);
  }

  /** What a rule's condition found; nothing by name where only code that is not seen may do it. */
  private static String what(String verb, String found) {
    return found.isEmpty()
        ? "may " + verb + " anything, by code whose words Guard does not see"
        : verb + "s " + found;
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
                facts.add(over("would change", subject.affectedRows().isPresent(), "rows", limit)));
    when.estimatedRowsOver()
        .ifPresent(
            limit ->
                facts.add(
                    over(
                        "is expected to bring",
                        subject.estimatedRows().isPresent(),
                        "rows",
                        limit)));
    when.estimatedCostOver()
        .ifPresent(
            limit ->
                facts.add(
                    over(
                        "is expected to need",
                        subject.estimatedCost().isPresent(),
                        "cost units",
                        limit)));
  }

  private static String over(String verb, boolean known, String unit, double limit) {
    return known
        ? verb + " more than " + number(limit) + " " + unit
        : verb
            + " a number of "
            + unit
            + " that cannot be told (the limit is "
            + number(limit)
            + ")";
  }

  private static void principal(List<String> facts, Condition when, StatementSubject subject) {
    if (!when.groups().isEmpty()) {
      facts.add(
          "is asked for by a member of "
              + named(subject.principal().groups(), when.groups()::contains));
    }
    if (!when.agents().isEmpty()) {
      facts.add("comes from agent " + subject.principal().agent());
    }
    if (!when.models().isEmpty()) {
      facts.add("comes from model " + subject.principal().model());
    }
  }

  private static @Nullable String hint(Rule rule, Policy policy) {
    if (rule.then() == Verdict.Outcome.APPROVE) {
      return "It runs once after "
          + people(rule.by())
          + " approved it, within "
          + Durations.text(rule.within())
          + "; ask them, and then send exactly the same statement.";
    }
    Condition when = rule.when();
    if (when.where() == WhereState.MISSING) {
      return "Add a WHERE clause that picks the rows you mean.";
    }
    if (when.affectedRowsOver().isPresent()) {
      return "Change at most " + when.affectedRowsOver().getAsLong() + " rows in one statement.";
    }
    if (when.estimatedRowsOver().isPresent()) {
      return "Ask for at most "
          + when.estimatedRowsOver().getAsLong()
          + " rows: add conditions or a LIMIT.";
    }
    if (when.estimatedCostOver().isPresent()) {
      return "Ask for less: select fewer rows, join on indexed columns, or add conditions.";
    }
    if (Boolean.FALSE.equals(when.intentStated())) {
      return "State why you need it (the intent), and ask again.";
    }
    if (Boolean.TRUE.equals(when.locking())) {
      return "Leave out the locking clause (FOR UPDATE, FOR SHARE).";
    }
    return allowedKinds(policy);
  }

  private static @Nullable String allowedKinds(Policy policy) {
    Set<String> kinds = new TreeSet<>();
    for (Rule rule : policy.rules()) {
      if (rule.then() != Verdict.Outcome.DENY) {
        kinds.addAll(rule.when().kinds());
      }
    }
    return kinds.isEmpty()
        ? null
        : "The policy has rules for statements of these kinds: " + String.join(", ", kinds) + ".";
  }

  private static String relations(Set<String> relations, List<RelationPattern> patterns) {
    return named(relations, r -> patterns.stream().anyMatch(p -> p.matches(r)));
  }

  private static String named(Set<String> all, Predicate<String> wanted) {
    return list(all.stream().filter(wanted).collect(Collectors.toSet()));
  }

  private static String list(Set<String> words) {
    List<String> sorted = new ArrayList<>(new TreeSet<>(words));
    return sorted.size() <= MOST_NAMED
        ? String.join(", ", sorted)
        : String.join(", ", sorted.subList(0, MOST_NAMED))
            + " and "
            + (sorted.size() - MOST_NAMED)
            + " more";
  }

  private static String number(double figure) {
    return figure == Math.rint(figure) && Math.abs(figure) < 1e15
        ? String.format(Locale.ROOT, "%,d", (long) figure)
        : String.valueOf(figure);
  }
}
