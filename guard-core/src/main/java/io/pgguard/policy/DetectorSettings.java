package io.pgguard.policy;

import io.pgguard.mask.Mask;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which detectors look at values, and where. Immutable and thread-safe.
 *
 * @param enabled names of detectors, of {@link #KNOWN}
 * @param scope which columns they look at
 * @param mask what is done to what they find
 */
public record DetectorSettings(Set<String> enabled, Scope scope, Mask mask) {
  /** Every detector that a policy may name. */
  public static final List<String> KNOWN =
      List.of("credit-card", "us-ssn", "email", "phone", "iban", "jwt", "private-key");

  /** No detector looks at anything. */
  public static final DetectorSettings NONE =
      new DetectorSettings(Set.of(), Scope.OFF, new Mask.Redact());

  public DetectorSettings {
    enabled = Set.copyOf(enabled);
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(mask, "mask");
  }

  /** Which columns detectors look at. */
  public enum Scope {
    /** Columns of text, JSON, XML, and arrays of these. */
    TEXT_COLUMNS,
    /** Every column. */
    ALL,
    /** None. */
    OFF
  }
}
