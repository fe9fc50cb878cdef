package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.NarrowChange;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Inference;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.StatementSubject;
import io.pgguard.policy.Verdict;
import io.pgguard.policy.WhereState;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.statement.WhereClause;
import io.pgguard.wording.FindingWording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one statement: reads its tree, follows its columns, collects findings, asks the policy.
 * Thread-safe.
 */
public final class StatementJudge {
  private final Analyzers analyzers;

  /**
   * @param analyzers follow columns
   */
  public StatementJudge(Analyzers analyzers) {
    this.analyzers = analyzers;
  }

  /**
   * An analysis, and what it was made from, which it does not hold.
   *
   * @param tree the statement's tree; where it is not made, why
   */
  public record Judged(StatementAnalysis analysis, ParseResult tree) {}

  /**
   * What has changed from an earlier snapshot to that of a perspective; null where that could reach
   * anything, or is not known.
   */
  public @Nullable NarrowChange change(Catalog earlier, Perspective now) {
    return analyzers.of(now.catalog(), now.policy()).since(earlier);
  }

  public Judged judge(StatementFacts facts, Tokens tokens, Perspective perspective) {
    return judge(facts, tokens, perspective, substitutes(facts, perspective));
  }

  /**
   * Only where the server counts characters as masks do, and a query that it is sent once and for
   * all: what is prepared or declared by SQL may be judged anew, but not sent anew. Where inference
   * is allowed conditions look at the columns.
   */
  private static boolean substitutes(StatementFacts facts, Perspective perspective) {
    return facts.kind() == StatementKind.SELECT
        && perspective.catalog().unicode()
        && perspective.policy().mode() != Policy.Mode.OBSERVE
        && perspective.policy().inference() != Inference.ALLOW;
  }

  private Judged judge(
      StatementFacts facts, Tokens tokens, Perspective perspective, boolean substitutes) {
    Understanding understanding =
        Understanding.of(facts, tokens, perspective, analyzers, substitutes);
    Findings findings = new Findings(perspective);
    findings.ofFacts(facts);
    findings.ofWords(facts, tokens, understanding.touchesProtected(), understanding.tree());
    findings.ofLineage(understanding);
    new CodeFindings(understanding, findings).find();
    new ConstraintFindings(understanding, tokens, findings).find();
    StatementSubject subject = subject(facts, perspective, understanding, findings);
    Figured figured = Figured.of(subject, tokens, understanding);
    if (figured.forecast() != null && !understanding.substitutions().isEmpty()) {
      return judge(facts, tokens, perspective, false); // the planner is asked of the text at hand
    }
    StatementAnalysis analysis =
        new StatementAnalysis(
            facts,
            facts.text(),
            understanding.lineage(),
            understanding.speaksOfProtected(),
            treatments(understanding, tokens, perspective),
            defined(figured.decision(), subject, facts, tokens, perspective),
            understanding.layer(),
            perspective.protections(),
            understanding.reach(),
            Touched.by(
                facts,
                understanding.lineage(),
                understanding.reach().with(understanding.consequences()),
                perspective),
            understanding.substitutions(),
            figured.counting(),
            figured.forecast());
    return new Judged(analysis, understanding.tree());
  }

  /**
   * A definition or code that nobody looks at is judged by what it could tell of protected values.
   */
  private static Decision defined(
      Decision decision,
      StatementSubject subject,
      StatementFacts facts,
      Tokens tokens,
      Perspective perspective) {
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
    if (OwnCalls.moves(understanding)) {
      words.remove("select");
      words.addAll(StatementKind.INSERT.policyWords());
    }
    String lock = FindingWording.LOCKS_ALL.rule();
    boolean locking =
        facts.locking() || findings.found().stream().anyMatch(one -> one.rule().equals(lock));
    WhereClause where = addExecuted(facts, perspective, words, facts.where());
    StatementSubject subject =
        new StatementSubject(
            words,
            where(where),
            Effects.reads(facts, understanding),
            Effects.writes(facts, understanding),
            Effects.functions(facts, understanding),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            locking,
            perspective.principal(),
            perspective.circumstances(),
            findings.found(),
            Effects.besides(understanding),
            ColumnUses.of(understanding));
    return locking && PolicyEngine.allowsLocks(perspective.policy(), subject)
        ? subject.withoutFinding(lock)
        : subject;
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

  /** The tree of a statement, where there is one. */
  public static ParseResult tree(StatementFacts facts, Tokens tokens) {
    return SyntaxParser.parse(tokens, facts.from(), facts.to());
  }
}
