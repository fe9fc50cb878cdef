package io.pgguard.lineage;

/** Ends an analysis that cannot be sure; becomes {@link Lineage.Unknown} and goes no further. */
final class Unresolved extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unresolved(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
