package io.pgguard.identity;

/** A principal as which no statement runs: the message says what the policy or the proof lacks. */
public final class NoStandingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoStandingException(String message) {
    super(message);
  }
}
