package io.pgguard.proxy.login;

/** A setting of a client's startup packet may not be what it says. */
public final class RefusedSettingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String sqlState;

  RefusedSettingException(String sqlState, String message) {
    super(message);
    this.sqlState = sqlState;
  }

  /** What the client is told beside the message. */
  public String sqlState() {
    return sqlState;
  }

  /** What the client is told. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
