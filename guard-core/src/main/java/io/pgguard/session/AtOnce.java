package io.pgguard.session;

import io.pgguard.audit.AuditLog;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.memory.SessionEffects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.PolicySource;

/**
 * Whether a session can go on in a thread that must not wait: by the policy and the catalog at hand
 * while both are fresh, and as long as no change of its own is in doubt. Used by the session's
 * thread.
 */
final class AtOnce {
  private final PolicySource policies;
  private final AuditLog log;
  private final SeenCatalog catalogs;
  private final SessionMemory memory;
  private final SessionEffects effects;

  /** Whether the policy was found fresh since the session began to go on without waiting. */
  private boolean fresh;

  AtOnce(
      SessionServices services,
      SeenCatalog catalogs,
      SessionMemory memory,
      SessionEffects effects) {
    this.policies = services.policy();
    this.log = services.audit();
    this.catalogs = catalogs;
    this.memory = memory;
    this.effects = effects;
  }

  /**
   * From now on the session decides by the catalog of this moment, and what would have to wait
   * throws.
   *
   * @return whether it can; where not, nothing has changed
   */
  boolean begin() {
    fresh = fresh || policies.isFresh();
    return fresh
        && !log.forcesAll()
        && memory.preparedStatements().isEmpty()
        && memory.unseen().isNothing()
        && !memory.rewritten()
        && effects.settled()
        && catalogs.hold();
  }

  /** The session may wait again. */
  void end() {
    fresh = false;
    catalogs.release();
  }

  /**
   * A text is about to be asked for.
   *
   * @throws WouldWaitException where people or the server have to be asked about it, or what it
   *     touches has to be found out
   */
  void check(TextPlan text) {
    if (catalogs.isHeld() && takesLonger(text)) {
      throw WouldWaitException.only();
    }
  }

  private static boolean takesLonger(TextPlan text) {
    if (text.awaitsApproval()) {
      return true;
    }
    for (StatementAnalysis part : text.parts()) {
      if (part.watched() || !part.touched().isMade()) {
        return true;
      }
    }
    return false;
  }
}
