package io.pgguard.proxy.server;

/** Why there is no connection to the database; for the log, never for a client. */
final class BackFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean credentialRefused;

  BackFailure(String reason, boolean credentialRefused) {
    super(reason, null, false, false);
    this.credentialRefused = credentialRefused;
  }

  /** Whether a fresh credential may help. */
  boolean credentialRefused() {
    return credentialRefused;
  }
}
