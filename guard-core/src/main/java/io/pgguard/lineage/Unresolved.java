package io.pgguard.lineage;

import io.pgguard.wording.LineageWording;

/** Ends an analysis that cannot be sure; becomes {@link Lineage.Unknown} and goes no further. */
final class Unresolved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unresolved(LineageWording why, Object... values) {
    super(why.words(values), null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
