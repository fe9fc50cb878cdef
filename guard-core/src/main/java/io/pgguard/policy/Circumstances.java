package io.pgguard.policy;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds around a statement, as far as the rules of a policy ask: part of what a decision
 * depends on beside the text. Immutable and thread-safe.
 */
public final class Circumstances {
  /** Where no rule asks for more than that: an intent is stated. */
  public static final Circumstances STATED = new Circumstances(true, Map.of());

  /** Where no rule asks for more than that: no intent is stated. */
  public static final Circumstances UNSTATED = new Circumstances(false, Map.of());

  private final boolean intentStated;
  private final Map<CircumstanceCondition, CircumstanceCondition.Part> asked;

  private Circumstances(
      boolean intentStated, Map<CircumstanceCondition, CircumstanceCondition.Part> asked) {
    this.intentStated = intentStated;
    this.asked = asked;
  }

  /** Those of a statement that no rule asks about but for its intent. */
  public static Circumstances of(boolean intentStated) {
    return intentStated ? STATED : UNSTATED;
  }

  /**
   * Those of a statement under a policy.
   *
   * @param intent why it is sent, in the agent's words, or null
   */
  public static Circumstances of(
      Policy policy, Surroundings around, @Nullable String intent, Instant moment) {
    boolean stated = intent != null && !intent.isBlank();
    if (!policy.asksForCircumstances()) {
      return of(stated);
    }
    Map<CircumstanceCondition, CircumstanceCondition.Part> asked = new IdentityHashMap<>();
    for (Rule rule : policy.rules()) {
      CircumstanceCondition condition = rule.when().circumstances();
      if (!condition.isAny()) {
        boolean allows = rule.then() == Verdict.Outcome.ALLOW;
        asked.put(condition, condition.misses(around, intent, moment, allows));
      }
    }
    return new Circumstances(stated, asked);
  }

  /** The same where an intent is taken as stated, or as not stated. */
  public Circumstances stating(boolean stated) {
    return stated == intentStated
        ? this
        : asked.isEmpty() ? of(stated) : new Circumstances(stated, asked);
  }

  /** Whether an intent is stated that is not blank. */
  public boolean intentStated() {
    return intentStated;
  }

  /**
   * Whether a rule's condition holds. One of another policy than these are known for counts for
   * rules that stop alone.
   */
  boolean holds(CircumstanceCondition condition, boolean allows) {
    if (condition.isAny()) {
      return true;
    }
    CircumstanceCondition.Part part = asked.get(condition);
    return part == null ? !allows : part == CircumstanceCondition.Part.NOTHING;
  }

  /** What of a condition does not hold, as far as that is known. */
  CircumstanceCondition.Part misses(CircumstanceCondition condition) {
    return asked.getOrDefault(condition, CircumstanceCondition.Part.NOTHING);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Circumstances one
            && intentStated == one.intentStated
            && asked.equals(one.asked);
  }

  @Override
  public int hashCode() {
    return (intentStated ? 31 : 0) + asked.size();
  }

  @Override
  public String toString() {
    return "intentStated=" + intentStated + " " + asked.values();
  }
}
