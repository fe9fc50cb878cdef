package io.pgguard.judge;

import io.pgguard.policy.Decision;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyEngine;
import io.pgguard.policy.StatementSubject;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a policy can say of a statement only once it has run: how many rows it changed, and whether
 * it left any row of its target alone. Immutable.
 *
 * @param policy decides
 * @param subject the statement, as far as it is known before
 * @param unbounded the same as a statement that leaves no row alone; null where that does not
 *     matter
 * @param scope where it may change rows
 * @param targets what it picks rows of, where it matters that it leaves some alone
 */
public record Counting(
    Policy policy,
    StatementSubject subject,
    @Nullable StatementSubject unbounded,
    ChangeScope scope,
    List<ChangeTarget> targets) {
  public Counting {
    targets = List.copyOf(targets);
  }

  /** The same with what the planner expects. */
  Counting expecting(Planned planned) {
    return new Counting(
        policy,
        Forecast.expecting(subject, planned),
        unbounded == null ? null : Forecast.expecting(unbounded, planned),
        scope,
        targets);
  }

  /** Whether it matters that a row of each target was left alone. */
  public boolean everyRow() {
    return unbounded != null;
  }

  /**
   * The decision on what was done.
   *
   * @param rows how many rows were changed; empty where nobody can tell, which counts as over
   * @param sparesNone whether no row of some target was left alone
   */
  public Decision decide(OptionalLong rows, boolean sparesNone) {
    StatementSubject what = sparesNone && unbounded != null ? unbounded : subject;
    return rows.isEmpty() ? untold(policy, what) : decide(policy, what, rows);
  }

  private static Decision decide(Policy policy, StatementSubject subject, OptionalLong rows) {
    return PolicyEngine.decide(
        policy, subject.withFigures(rows, subject.estimatedRows(), subject.estimatedCost()));
  }

  /**
   * The decision on a statement that may change any number of rows, whatever its kind: none that
   * allows for many rows speaks for it, and each that stops many does.
   */
  static Decision untold(Policy policy, StatementSubject subject) {
    Decision doubted = decide(policy, subject, OptionalLong.empty());
    Decision many = decide(policy, subject, OptionalLong.of(Long.MAX_VALUE));
    return weight(many) > weight(doubted) ? many : doubted;
  }

  /** The mildest decision that what it does can lead to: what it begins with. */
  Decision mildest() {
    Decision mildest = decide(OptionalLong.of(0), false);
    for (long rows : PolicyEngine.turns(policy)) {
      mildest = milder(mildest, decide(OptionalLong.of(rows), false));
      mildest = unbounded == null ? mildest : milder(mildest, decide(OptionalLong.of(rows), true));
    }
    return mildest;
  }

  static Decision milder(Decision one, Decision other) {
    return weight(other) < weight(one) ? other : one;
  }

  private static int weight(Decision decision) {
    return decision instanceof Decision.Allow ? 0 : decision instanceof Decision.Deny ? 2 : 1;
  }

  /** The same, without asking for what makes no difference to the policy. */
  Counting asNeeded() {
    boolean everyRowMatters =
        !PolicyEngine.same(decide(OptionalLong.of(0), false), decide(OptionalLong.of(0), true));
    for (long rows : PolicyEngine.turns(policy)) {
      everyRowMatters |=
          !PolicyEngine.same(
              decide(OptionalLong.of(rows), false), decide(OptionalLong.of(rows), true));
    }
    return everyRowMatters ? this : new Counting(policy, subject, null, scope, List.of());
  }

  /** Whether what it does makes a difference to the policy at all. */
  boolean matters() {
    Decision first = decide(OptionalLong.of(0), false);
    if (!PolicyEngine.same(first, decide(OptionalLong.of(0), true))) {
      return true;
    }
    for (long rows : PolicyEngine.turns(policy)) {
      if (!PolicyEngine.same(first, decide(OptionalLong.of(rows), false))
          || !PolicyEngine.same(first, decide(OptionalLong.of(rows), true))) {
        return true;
      }
    }
    return false;
  }
}
