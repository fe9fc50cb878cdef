package io.pgguard.judge;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.lineage.Lineage;
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
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decision on a statement as far as figures have a part in it: what the planner expects is
 * asked for, what it will change is counted once it has run. Immutable.
 *
 * @param decision what it begins with
 * @param counting what is to be counted, and decides in the end; null where nothing is
 * @param planned whether the planner's figures had a part in it: they depend on literals
 */
record Figured(Decision decision, @Nullable Counting counting, boolean planned) {
  /**
   * The server is not asked about statements of more tokens: it would take minutes to plan them.
   * Their figures stay unknown, which counts as over.
   */
  private static final int MOST_ASKED = 250_000;

  static Figured of(
      StatementSubject subject,
      StatementFacts facts,
      Tokens tokens,
      Lineage lineage,
      Perspective perspective,
      FigureSource source) {
    Policy policy = perspective.policy();
    Decision sure = PolicyEngine.decide(policy, subject);
    // What Guard itself denies needs no figures, and its text should not reach the planner.
    boolean denied = !subject.findings().isEmpty() && sure instanceof Decision.Deny;
    Executed executed = Executed.of(facts, tokens, perspective);
    StatementSubject unbounded = unbounded(subject, executed.facts());
    boolean counts =
        !PolicyEngine.turns(policy).isEmpty()
            || unbounded != null
                && !PolicyEngine.same(sure, PolicyEngine.decide(policy, unbounded));
    boolean plans = !denied && needsPlan(policy, subject);
    if (denied || !counts && !plans) {
      return new Figured(sure, null, false);
    }
    StatementSubject planned = plans ? planned(subject, executed, perspective, source) : subject;
    if (!counts) {
      return new Figured(PolicyEngine.decide(policy, planned), null, plans);
    }
    return counted(planned, facts, executed, lineage, perspective, plans);
  }

  private static Figured counted(
      StatementSubject subject,
      StatementFacts facts,
      Executed executed,
      Lineage lineage,
      Perspective perspective,
      boolean plans) {
    Policy policy = perspective.policy();
    ChangeScope scope = new ChangeScopes(facts, executed, lineage, perspective).scope();
    StatementSubject unbounded = unbounded(subject, executed.facts());
    if (scope.form() == ChangeScope.Form.NOTHING) {
      return new Figured(PolicyEngine.decide(policy, changing(subject, 0)), null, plans);
    }
    if (scope.form() == ChangeScope.Form.TAG
        && PlainRows.tellAll(executed.facts(), executed.tokens())) {
      int rows = PlainRows.of(executed.facts(), executed.tokens()).orElseThrow();
      return new Figured(PolicyEngine.decide(policy, changing(subject, rows)), null, plans);
    }
    List<ChangeTarget> targets = targets(executed, unbounded, perspective);
    if (scope.form() == ChangeScope.Form.UNCOUNTABLE || targets == null) {
      return new Figured(
          Counting.untold(policy, unbounded == null ? subject : unbounded), null, plans);
    }
    Counting counting =
        new Counting(policy, subject, targets.isEmpty() ? null : unbounded, scope, targets)
            .asNeeded();
    return counting.matters()
        ? new Figured(counting.mildest(), counting, plans)
        : new Figured(counting.mildest(), null, plans);
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

  private static StatementSubject planned(
      StatementSubject subject, Executed executed, Perspective perspective, FigureSource source) {
    StatementFacts facts = executed.facts();
    if (facts.to() - facts.from() > MOST_ASKED) {
      return subject;
    }
    if (!isPlanned(facts)) {
      return subject.withFigures(subject.affectedRows(), OptionalLong.of(0), OptionalDouble.of(0));
    }
    FigureSource.Planned figures =
        source.planned(
            facts.text(), executed.hasParameters(), perspective.catalog(), perspective.path());
    return subject.withFigures(subject.affectedRows(), figures.rows(), figures.cost());
  }

  /** The planner plans these; what others cost is decided when they run what they carry. */
  private static boolean isPlanned(StatementFacts facts) {
    return switch (facts.kind()) {
      case SELECT, INSERT, UPDATE, DELETE, MERGE -> true;
      default -> false;
    };
  }
}
