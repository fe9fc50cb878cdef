package io.pgguard;

/** The configuration cannot be used; the message names the file, the place and what to do. */
public final class GuardConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public GuardConfigException(String message) {
    super(message);
  }

  public GuardConfigException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
