package io.pgguard.session;

import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import io.pgguard.policy.Surroundings;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What holds around the statements of one session at each moment, as far as the policy asks. Used
 * by the session's thread.
 */
final class Around {
  private final Surroundings surroundings;
  private final InstantSource clock;
  private @Nullable String intent;
  private @Nullable Policy asked;
  private boolean asks;
  private Circumstances last = Circumstances.UNSTATED;

  Around(Surroundings surroundings, InstantSource clock) {
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /**
   * What holds now; the same object where it is what held before.
   *
   * @param stated why the session asks, or null
   */
  Circumstances now(Policy policy, @Nullable String stated) {
    intent = stated;
    Circumstances now = made(policy);
    if (!now.equals(last)) {
      last = now;
    }
    return last;
  }

  /** What holds now for a statement that began with an intent stated, or without one. */
  Circumstances goingOn(Policy policy, boolean stated) {
    return made(policy).stating(stated);
  }

  private Circumstances made(Policy policy) {
    if (policy != asked) {
      asks = policy.asksForCircumstances(); // once for each policy: its rules may be many
      asked = policy;
    }
    return asks
        ? Circumstances.of(policy, surroundings, intent, clock.instant())
        : Circumstances.of(intent != null && !intent.isBlank());
  }
}
