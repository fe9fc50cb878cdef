package io.pgguard.judge;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.policy.Decision;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.StatementSubject;
import io.pgguard.policy.Verdict;
import io.pgguard.policy.WhereState;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.statement.WhereClause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Judges one statement: reads its tree, follows its columns, collects findings, asks the policy.
 * Thread-safe.
 */
public final class StatementJudge {
  /**
   * The server is not asked about statements of more tokens: it would take minutes to plan them.
   * Their figures stay unknown, which counts as over, and their WHERE counts as none.
   */
  private static final int MOST_ASKED = 250_000;

  private final Analyzers analyzers;
  private final FigureSource figures;

  /**
   * @param analyzers follow columns
   * @param figures asked where a rule looks at rows or costs
   */
  public StatementJudge(Analyzers analyzers, FigureSource figures) {
    this.analyzers = analyzers;
    this.figures = figures;
  }

  public StatementAnalysis judge(StatementFacts facts, Tokens tokens, Perspective perspective) {
    Understanding understanding = Understanding.of(facts, tokens, perspective, analyzers);
    Findings findings = new Findings(perspective);
    findings.ofFacts(facts);
    findings.ofWords(facts, tokens, understanding.touchesProtected());
    findings.ofLineage(understanding.lineage(), facts, understanding.touchesProtected());
    new CodeFindings(understanding, findings).find();
    new ConstraintFindings(understanding, findings).find();
    StatementSubject subject = subject(facts, perspective, understanding, findings);
    Executed executed = Executed.of(facts, tokens, perspective);
    boolean figured =
        !PolicyEngine.needs(perspective.policy(), subject).isEmpty()
            || whereMatters(subject, executed.facts(), perspective);
    if (figured) {
      subject = withFigures(subject, executed, perspective);
    }
    Decision decision = decide(subject, facts, tokens, perspective);
    return new StatementAnalysis(
        facts,
        facts.text(),
        understanding.lineage(),
        understanding.speaksOfProtected(),
        treatments(understanding, tokens, perspective),
        decision,
        understanding.layer(),
        perspective.protections(),
        figured,
        understanding.reach(),
        Touched.by(facts, understanding.lineage(), understanding.reach(), perspective));
  }

  /**
   * A definition or code that nobody looks at is judged by what it could tell of protected values.
   */
  private static Decision decide(
      StatementSubject subject, StatementFacts facts, Tokens tokens, Perspective perspective) {
    Decision decision = PolicyEngine.decide(perspective.policy(), subject);
    if (!(decision instanceof Decision.Allow)) {
      return decision;
    }
    Optional<Verdict> unseen =
        facts.kind() == StatementKind.DO
            ? CodeBlockFindings.of(facts, tokens, perspective)
            : DefinitionFindings.of(facts, tokens, perspective);
    return unseen
        .map(found -> PolicyEngine.decide(perspective.policy(), subject.withFinding(found)))
        .orElse(decision);
  }

  private static List<OutputTreatment> treatments(
      Understanding understanding, Tokens tokens, Perspective perspective) {
    if (!(understanding.lineage() instanceof Lineage.Known known)) {
      return List.of();
    }
    StatementFacts facts = understanding.facts();
    if (facts.kind() == StatementKind.EXPLAIN && understanding.speaksOfProtected()) {
      return List.of(
          PlanFigures.shown(facts, tokens) ? OutputTreatment.FIGURES : OutputTreatment.CLEAN);
    }
    List<OutputTreatment> treatments = new ArrayList<>(known.outputs().size());
    for (OutputLineage output : known.outputs()) {
      treatments.add(perspective.protections().of(output));
    }
    return treatments;
  }

  private static StatementSubject subject(
      StatementFacts facts,
      Perspective perspective,
      Understanding understanding,
      Findings findings) {
    Set<String> words = new HashSet<>(facts.policyWords());
    WhereClause where = addExecuted(facts, perspective, words, facts.where());
    return new StatementSubject(
        words,
        where(where),
        Effects.reads(facts, understanding),
        Effects.writes(facts, understanding),
        Effects.functions(facts, understanding),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalDouble.empty(),
        facts.locking(),
        perspective.principal(),
        perspective.intentStated() ? "stated" : null,
        findings.found(),
        Effects.besides(understanding));
  }

  /** EXECUTE does what was prepared, so it is of its kinds too. */
  private static WhereClause addExecuted(
      StatementFacts facts, Perspective perspective, Set<String> words, WhereClause where) {
    WhereClause worst = where;
    StatementAnalysis prepared =
        facts.kind() == StatementKind.EXECUTE
            ? facts.statementName().map(perspective.prepared()::get).orElse(null)
            : null;
    if (prepared != null) {
      words.addAll(prepared.facts().policyWords());
      worst = worst.compareTo(prepared.facts().where()) >= 0 ? worst : prepared.facts().where();
    }
    for (StatementFacts carried : facts.carried()) {
      worst = addExecuted(carried, perspective, words, worst);
    }
    return worst;
  }

  private static WhereState where(WhereClause where) {
    return switch (where) {
      case NOT_APPLICABLE -> WhereState.NOT_APPLICABLE;
      case PRESENT -> WhereState.PRESENT;
      case CONSTANT, MISSING -> WhereState.MISSING;
    };
  }

  private StatementSubject withFigures(
      StatementSubject subject, Executed executed, Perspective perspective) {
    StatementFacts facts = executed.facts();
    Tokens tokens = executed.tokens();
    if (denied(subject)
        && PolicyEngine.decide(perspective.policy(), subject) instanceof Decision.Deny) {
      return subject;
    }
    if (facts.to() - facts.from() > MOST_ASKED) {
      return changes(facts) && subject.where() == WhereState.PRESENT
          ? subject.withWhere(WhereState.MISSING)
          : subject;
    }
    if (!planned(facts)) {
      return subject.withFigures(OptionalLong.of(0), OptionalLong.of(0), OptionalDouble.of(0));
    }
    FigureSource.Counted counted =
        changes(facts)
            ? figures.counted(facts, tokens, perspective.path())
            : FigureSource.Counted.UNKNOWN;
    StatementSubject known = counted.sparesNone() ? unbounded(subject, facts) : subject;
    if (PolicyEngine.needs(
            perspective.policy(),
            known.withFigures(counted.rows(), OptionalLong.empty(), OptionalDouble.empty()))
        .isEmpty()) {
      return known.withFigures(counted.rows(), OptionalLong.empty(), OptionalDouble.empty());
    }
    if (!counted.countable()
        || (counted.rows().isEmpty() && executed.reads(perspective.objects()))) {
      return known; // what a planner guesses of rows that cannot be counted is no bound
    }
    FigureSource.Planned planned =
        figures.planned(
            facts.text(), executed.hasParameters(), perspective.catalog(), perspective.path());
    return known.withFigures(
        counted.rows().isPresent() ? counted.rows() : planned.changed(),
        planned.rows(),
        planned.cost());
  }

  private static boolean changes(StatementFacts facts) {
    return facts.kind() != StatementKind.SELECT || facts.dataModifyingWith();
  }

  /** Whether it would matter to a rule that a WHERE clause leaves no row alone. */
  private static boolean whereMatters(
      StatementSubject subject, StatementFacts facts, Perspective perspective) {
    return (subject.where() == WhereState.PRESENT || changesWithoutWhere(facts))
        && subject.findings().isEmpty()
        && !PolicyEngine.decide(perspective.policy(), unbounded(subject, facts))
            .getClass()
            .equals(PolicyEngine.decide(perspective.policy(), subject).getClass());
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

  /** A statement that leaves no row alone, in the words that rules have for such an UPDATE. */
  private static StatementSubject unbounded(StatementSubject subject, StatementFacts facts) {
    if (!changesWithoutWhere(facts)) {
      return subject.withWhere(WhereState.MISSING);
    }
    Set<String> words = new HashSet<>(Set.of("update", "delete"));
    words.retainAll(facts.identifiers());
    return subject.withWhere(WhereState.MISSING).withKinds(words);
  }

  /** What Guard itself denies needs no figures, and its text should not reach the planner. */
  private static boolean denied(StatementSubject subject) {
    return !subject.findings().isEmpty();
  }

  /** The planner plans these; what others cost is decided when they run what they carry. */
  private static boolean planned(StatementFacts facts) {
    StatementKind kind = facts.kind();
    return kind == StatementKind.SELECT
        || kind == StatementKind.INSERT
        || kind == StatementKind.UPDATE
        || kind == StatementKind.DELETE
        || kind == StatementKind.MERGE;
  }

  /** The tree of a statement, where there is one. */
  public static ParseResult tree(StatementFacts facts, Tokens tokens) {
    return SyntaxParser.parse(tokens, facts.from(), facts.to());
  }
}
