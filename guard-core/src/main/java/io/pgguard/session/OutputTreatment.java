package io.pgguard.session;

import io.pgguard.mask.Mask;

/**
 * What is done with an output, and why. Immutable.
 *
 * @param mask how it is masked
 * @param classId the class that asks for it, or {@code guard.derived}, {@code guard.unknown}
 */
record OutputTreatment(Mask mask, String classId) {
  static final OutputTreatment CLEAN = new OutputTreatment(new Mask.Null(), "");
  static final OutputTreatment DERIVED = new OutputTreatment(new Mask.Redact(), "guard.derived");
  static final OutputTreatment SYSTEM = new OutputTreatment(new Mask.Redact(), "guard.system");
  static final OutputTreatment UNKNOWN = new OutputTreatment(new Mask.Redact(), "guard.unknown");

  boolean clean() {
    return this == CLEAN;
  }
}
