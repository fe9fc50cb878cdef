package io.pgguard.judge;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Figure;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.StatementSubject;
import io.pgguard.policy.WhereState;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decision on a statement as far as figures have a part in it: what the planner expects is
 * asked for where it runs, and what it changes is counted there. Immutable.
 *
 * @param decision what it begins with
 * @param counting what is counted once it has run; null where nothing is, or a forecast comes first
 * @param forecast what is asked before it runs; null where nothing is
 */
record Figured(Decision decision, @Nullable Counting counting, @Nullable Forecast forecast) {
  /**
   * The server is not asked about statements of more tokens: it would take minutes to plan them.
   * Their figures stay unknown, which counts as over.
   */
  private static final int MOST_ASKED = 250_000;

  static Figured of(StatementSubject subject, Tokens tokens, Understanding understanding) {
    Perspective perspective = understanding.perspective();
    Policy policy = perspective.policy();
    StatementFacts facts = understanding.facts();
    Decision sure = PolicyEngine.decide(policy, subject);
    // What Guard itself denies needs no figures, and its text should not reach the planner.
    if (!subject.findings().isEmpty() && sure instanceof Decision.Deny) {
      return new Figured(sure, null, null);
    }
    Executed executed = Executed.of(facts, tokens, perspective);
    StatementSubject unbounded = unbounded(subject, executed.facts());
    boolean counts =
        !PolicyEngine.turns(policy).isEmpty()
            || unbounded != null
                && !PolicyEngine.same(sure, PolicyEngine.decide(policy, unbounded));
    if (!needsPlan(policy, subject)) {
      return counts
          ? counted(subject, executed, understanding).begun(policy)
          : new Figured(sure, null, null);
    }
    boolean asked = facts.to() - facts.from() <= MOST_ASKED && PlannerQuestion.runsNothing(facts);
    StatementSubject told =
        asked && PlannerQuestion.of(facts) == null
            ? Forecast.expecting(subject, Planned.NOTHING)
            : subject;
    Counted counted = counts ? counted(told, executed, understanding) : Counted.not(told);
    return asked && told == subject ? counted.forecast(policy) : counted.begun(policy);
  }

  /**
   * What is known of the rows that a statement changes before it runs.
   *
   * @param subject with their number where the text tells it
   * @param untold whether they can be any number
   * @param counting how they are counted; null where they are not
   */
  private record Counted(StatementSubject subject, boolean untold, @Nullable Counting counting) {
    static Counted not(StatementSubject subject) {
      return new Counted(subject, false, null);
    }

    Figured begun(Policy policy) {
      if (counting != null) {
        return new Figured(counting.mildest(), counting.matters() ? counting : null, null);
      }
      return new Figured(
          untold ? Counting.untold(policy, subject) : PolicyEngine.decide(policy, subject),
          null,
          null);
    }

    Figured forecast(Policy policy) {
      Forecast forecast = new Forecast(policy, subject, untold, counting);
      return new Figured(forecast.mildest(), null, forecast);
    }
  }

  private static Counted counted(
      StatementSubject subject, Executed executed, Understanding understanding) {
    Perspective perspective = understanding.perspective();
    ChangeScope scope = new ChangeScopes(executed, understanding).scope();
    StatementSubject unbounded = unbounded(subject, executed.facts());
    if (scope.form() == ChangeScope.Form.NOTHING) {
      return Counted.not(changing(subject, 0));
    }
    if (scope.form() == ChangeScope.Form.TAG
        && PlainRows.tellAll(executed.facts(), executed.tokens())) {
      int rows = PlainRows.of(executed.facts(), executed.tokens()).orElseThrow();
      return Counted.not(changing(subject, rows));
    }
    List<ChangeTarget> targets = targets(executed, unbounded, perspective);
    if (scope.form() == ChangeScope.Form.UNCOUNTABLE || targets == null) {
      return new Counted(unbounded == null ? subject : unbounded, true, null);
    }
    Counting counting =
        new Counting(
                perspective.policy(), subject, targets.isEmpty() ? null : unbounded, scope, targets)
            .asNeeded();
    return new Counted(subject, false, counting);
  }

  private static StatementSubject changing(StatementSubject subject, long rows) {
    return subject.withFigures(
        OptionalLong.of(rows), subject.estimatedRows(), subject.estimatedCost());
  }

  /** What it picks rows of; null where it does, and nobody can read what of. */
  private static @Nullable List<ChangeTarget> targets(
      Executed executed, @Nullable StatementSubject unbounded, Perspective perspective) {
    if (unbounded == null) {
      return List.of();
    }
    boolean readable = executed.facts().to() - executed.facts().from() <= MOST_ASKED;
    return readable
            && StatementJudge.tree(executed.facts(), executed.tokens())
                instanceof ParseResult.Parsed parsed
        ? ChangeTarget.of(parsed.statement(), perspective)
        : null;
  }

  /**
   * A statement that leaves no row alone, in the words that rules have for such an UPDATE; null
   * where it chooses no rows of its own, or its text says already that it means all.
   */
  private static @Nullable StatementSubject unbounded(
      StatementSubject subject, StatementFacts facts) {
    if (changesWithoutWhere(facts)) {
      Set<String> words = new HashSet<>(Set.of("update", "delete"));
      words.retainAll(facts.identifiers());
      return subject.withWhere(WhereState.MISSING).withKinds(words);
    }
    return subject.where() == WhereState.PRESENT ? subject.withWhere(WhereState.MISSING) : null;
  }

  /**
   * A MERGE, and an INSERT with ON CONFLICT, choose the rows that they update without a WHERE; so
   * may what stands under WITH.
   */
  private static boolean changesWithoutWhere(StatementFacts facts) {
    return (facts.kind() == StatementKind.MERGE
            || facts.kind() == StatementKind.INSERT
            || facts.dataModifyingWith())
        && (facts.identifiers().contains("update") || facts.identifiers().contains("delete"));
  }

  private static boolean needsPlan(Policy policy, StatementSubject subject) {
    Set<Figure> needs = PolicyEngine.needs(policy, subject);
    return needs.contains(Figure.ESTIMATED_ROWS) || needs.contains(Figure.ESTIMATED_COST);
  }
}
