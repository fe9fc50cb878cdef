package io.pgguard.policy;

import io.pgguard.wording.RuleWording;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy: when it speaks and what it then wants. A class and not a record because it
 * keeps its conditions ready to be matched. Immutable and thread-safe.
 */
public final class Rule {
  /** One person, anybody but the requester: when a rule says no more. */
  public static final Approvers ANYBODY = new Approvers(Set.of(), 1);

  /** How long a request for approval may wait when a rule says no more. */
  public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(15);

  private final String id;
  private final Condition when;
  private final Verdict.Outcome then;
  private final Approvers by;
  private final Duration within;
  private final Duration useWithin;
  private final OptionalLong maxRows;
  private final @Nullable String message;
  private final boolean observes;
  private final RuleMatcher matcher;
  private final Verdict allowed;

  /**
   * A rule.
   *
   * @param id its id, unique in the policy
   * @param when when it speaks
   * @param then what it wants
   * @param by who must approve; counts for {@link Verdict.Outcome#APPROVE} only
   * @param within how long a request for approval may wait
   * @param useWithin how long an approval may be used, from when it was given
   * @param maxRows the most rows that a statement may bring when this rule speaks for it
   * @param message what the policy's author says to whoever is stopped by it, or null
   * @param observes whether it is recorded what it wants, and nothing else comes of it
   */
  public Rule(
      String id,
      Condition when,
      Verdict.Outcome then,
      Approvers by,
      Duration within,
      Duration useWithin,
      OptionalLong maxRows,
      @Nullable String message,
      boolean observes) {
    this.id = Objects.requireNonNull(id, "id");
    this.when = Objects.requireNonNull(when, "when");
    this.then = Objects.requireNonNull(then, "then");
    this.by = Objects.requireNonNull(by, "by");
    this.within = Objects.requireNonNull(within, "within");
    this.useWithin = Objects.requireNonNull(useWithin, "useWithin");
    this.maxRows = Objects.requireNonNull(maxRows, "maxRows");
    this.message = message;
    this.observes = observes;
    this.matcher = new RuleMatcher(when, then);
    this.allowed = new Verdict(id, Verdict.Outcome.ALLOW, RuleWording.ALLOWS.words(id), null);
  }

  /** Its id, unique in the policy. */
  public String id() {
    return id;
  }

  /** When it speaks. */
  public Condition when() {
    return when;
  }

  /** What it then wants. */
  public Verdict.Outcome then() {
    return then;
  }

  /** Who must approve. */
  public Approvers by() {
    return by;
  }

  /** How long a request for approval may wait. */
  public Duration within() {
    return within;
  }

  /** How long an approval may be used, from when it was given. */
  public Duration useWithin() {
    return useWithin;
  }

  /** The most rows that a statement may bring when this rule speaks for it. */
  public OptionalLong maxRows() {
    return maxRows;
  }

  /** What the policy's author says to whoever is stopped by it, or null. */
  public @Nullable String message() {
    return message;
  }

  /** Whether it is recorded what it wants, and nothing else comes of it. */
  public boolean observes() {
    return observes;
  }

  RuleMatcher matcher() {
    return matcher;
  }

  /** What it says of a statement that it speaks for. */
  Verdict verdict(Policy policy, StatementSubject subject) {
    if (observes) {
      return RuleWords.observed(this, subject);
    }
    return then == Verdict.Outcome.ALLOW ? allowed : RuleWords.verdict(this, policy, subject);
  }

  @Override
  public String toString() {
    return "rule " + id + " (" + then + ")";
  }
}
