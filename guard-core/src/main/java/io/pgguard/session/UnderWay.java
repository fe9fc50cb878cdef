package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicySource;
import io.pgguard.result.RowAllowance;
import io.pgguard.result.RowBounds;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the statements of a session while they bring their rows: the bounds of the policy,
 * over all pieces together, and the policy and catalog of the moment. Used by the session's thread.
 */
final class UnderWay {
  private final PolicySource policies;
  private final SeenCatalog catalogs;
  private final Principal principal;
  private final Around around;
  private final SessionMemory memory;
  private final CursorRows cursorRows = new CursorRows();
  private final FloatText floats = new FloatText();

  UnderWay(
      PolicySource policies,
      SeenCatalog catalogs,
      Principal principal,
      Around around,
      SessionMemory memory) {
    this.policies = policies;
    this.catalogs = catalogs;
    this.principal = principal;
    this.around = around;
    this.memory = memory;
  }

  /** A statement is about to run. */
  void begins(StatementAnalysis part, Perspective perspective) {
    floats.begins(part, perspective);
  }

  /** Whether the session may have had floats written with fewer digits than they have. */
  boolean roundsFloats() {
    return floats.rounded();
  }

  /** What bounds the rows of a statement that is to run. */
  RowBounds bounds(StatementAnalysis part, Policy policy) {
    if (policy.mode() == Policy.Mode.OBSERVE) {
      return new RowBounds(List.of(), Long.MAX_VALUE);
    }
    List<RowAllowance> allowances = new ArrayList<>(1);
    RowLimits.of(part.decision(), policy).ifPresent(most -> allowances.add(new RowAllowance(most)));
    RowAllowance ofCursor = cursorRows.of(part.facts(), declared(part), policy);
    if (ofCursor != null) {
      allowances.add(ofCursor);
    }
    return new RowBounds(allowances, policy.limits().valueBytes().orElse(Long.MAX_VALUE));
  }

  /** A FETCH, which shows nothing that was hidden when its cursor was declared. */
  StatementAnalysis asDeclared(StatementAnalysis part) {
    StatementAnalysis declared = declared(part);
    return declared == null ? part : part.hidingWhat(declared);
  }

  /** What the cursor that a FETCH reads was declared as; null where that is not known. */
  private @Nullable StatementAnalysis declared(StatementAnalysis part) {
    return part.facts().kind() == StatementKind.FETCH
        ? part.facts().cursorName().flatMap(memory::declaredAs).orElse(null)
        : null;
  }

  /** Whether a policy is the one in force, as far as is known without looking. */
  boolean isInForce(Policy policy) {
    Policy now = policies.latest();
    return now == policy || now.hash().equals(policy.hash());
  }

  /** Whether policy and catalog are what they were. */
  boolean sees(Perspective perspective) {
    return isInForce(perspective.policy())
        && catalogs.catalog() == perspective.catalog()
        && !isRewritten();
  }

  /** Whether the session has changed by its own texts what it was not asked about since. */
  private boolean isRewritten() {
    return memory.rewritten() && catalogs.unseen(catalogs.catalog()).everything();
  }

  /** Whether it runs more than PostgreSQL's own code, which is looked up as it is called. */
  private boolean runsOwnCode(StatementAnalysis part) {
    StatementAnalysis ran = part.facts().kind() == StatementKind.FETCH ? declared(part) : part;
    return ran == null || !ran.reach().systemOnly();
  }

  /**
   * Why no more rows of a cursor may come: by the policy in force it would not be declared, or code
   * that it calls was changed by others since, which is looked up as rows are fetched; null where
   * they may, or it is no FETCH.
   */
  @Nullable Refusal cursorChanged(StatementAnalysis part, Catalog now) {
    StatementAnalysis declared = declared(part);
    Policy policy = policies.current();
    if (declared == null || policy.mode() == Policy.Mode.OBSERVE) {
      return null;
    }
    boolean sameCode =
        declared.reach().systemOnly()
            || catalogs.base(declared.protections().catalog()) == catalogs.base(now);
    if (sameCode && declared.protections().holdsUnder(policy)) {
      return null;
    }
    SessionObjects own = new SessionObjects(Map.of(), Map.of(), memory.temporaryRelations());
    StatementAnalysis again = catalogs.judgeAnew(declared, policy, around, principal, own);
    return again.decision() instanceof Decision.Deny ? Refusal.CHANGED : null;
  }

  /**
   * A statement under way, judged by the policy and the catalog of now, with the names and the
   * columns that it began with.
   *
   * @param index its place in its text
   * @param analysis what held for it until now
   */
  Renewal renewal(TextPlan text, int index, StatementAnalysis analysis) {
    if (isRewritten() && runsOwnCode(analysis)) {
      return new Renewal(text, analysis, text.observed() ? null : Refusal.CHANGED);
    }
    Policy policy = policies.current();
    Catalog catalog = catalogs.catalog();
    Perspective before = text.perspective();
    TextPlan newer =
        catalogs.plan(
            text.text(),
            before.with(
                catalog,
                policy,
                around.goingOn(policy, before.circumstances().intentStated()),
                catalogs.protections(catalog, policy, principal)));
    StatementAnalysis part = newer.parts().get(index);
    StatementAnalysis both = analysis.underWay(part);
    if (newer.observed()) {
      return new Renewal(newer, both, null);
    }
    boolean asks =
        part.decision() instanceof Decision.RequireApproval
            && !(analysis.decision() instanceof Decision.RequireApproval);
    Refusal refusal =
        part.decision() instanceof Decision.Deny
            ? Answers.denied(List.of(part))
            : asks || !newer.sent().equals(text.sent()) ? Answers.policyChanged() : null;
    return new Renewal(newer, both, refusal);
  }

  /** A statement ended. */
  void completed(StatementFacts facts) {
    floats.completed(facts);
    if (facts.kind() == StatementKind.CLOSE
        || facts.kind() == StatementKind.DISCARD && facts.identifiers().contains("all")) {
      cursorRows.closed(facts.cursorName().orElse(null));
    }
  }

  /** The server reported an error. */
  void failed() {
    floats.failed();
  }

  /** The server is ready. */
  void ready(char status) {
    floats.ready(status);
    if (status == 'I') {
      cursorRows.transactionEnded();
    }
  }
}
