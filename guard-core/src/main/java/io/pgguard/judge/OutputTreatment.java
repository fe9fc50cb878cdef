package io.pgguard.judge;

import io.pgguard.mask.Mask;

/**
 * What is done with an output, and why. Immutable.
 *
 * @param mask how it is masked
 * @param classId the class that asks for it, or {@code guard.derived}, {@code guard.unknown}
 * @param withheld whether every row gets the same, NULL or not: what is computed shows NULLs that a
 *     function chose
 */
public record OutputTreatment(Mask mask, String classId, boolean withheld) {
  public static final OutputTreatment CLEAN = new OutputTreatment(new Mask.Null(), "", false);
  static final OutputTreatment DERIVED = withheld("guard.derived");
  static final OutputTreatment SYSTEM = withheld("guard.system");
  public static final OutputTreatment UNKNOWN = withheld("guard.unknown");

  /** What a class says of its columns' own values. */
  static OutputTreatment masked(Mask mask, String classId) {
    return new OutputTreatment(mask, classId, false);
  }

  private static OutputTreatment withheld(String classId) {
    return new OutputTreatment(new Mask.Redact(), classId, true);
  }

  public boolean clean() {
    return this == CLEAN;
  }
}
