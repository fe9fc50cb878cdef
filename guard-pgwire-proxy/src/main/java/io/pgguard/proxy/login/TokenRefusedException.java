package io.pgguard.proxy.login;

/** A token does not prove who asks. The message is for the log and never holds the token. */
public final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public TokenRefusedException(String reason) {
    super(reason);
  }

  public TokenRefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
