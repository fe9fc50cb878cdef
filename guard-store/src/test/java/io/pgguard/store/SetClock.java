package io.pgguard.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands where it was set. */
final class SetClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Sets it on, or back. */
  void jump(Duration by) {
    now = now.plus(by);
  }
}
