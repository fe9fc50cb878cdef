package io.pgguard.pgwire.message;

/** A message that does not have the form that the protocol gives it. Names the message. */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String messageName;
  private final String what;
  private final String sqlState;

  private MalformedMessageException(String messageName, String sqlState, String what) {
    super(messageName + ": " + what);
    this.what = what;
    this.messageName = messageName;
    this.sqlState = sqlState;
  }

  /** A violation of the protocol (SQLSTATE 08P01). */
  public static MalformedMessageException violation(String messageName, String what) {
    return new MalformedMessageException(messageName, "08P01", what);
  }

  /** A text that is not UTF-8 (SQLSTATE 22021); the frame itself is sound. */
  public static MalformedMessageException encoding(String messageName) {
    return new MalformedMessageException(
        messageName, "22021", "a text is not UTF-8; send text in client_encoding UTF8");
  }

  /** The protocol's name of the message. */
  public String messageName() {
    return messageName;
  }

  /** The message's name and what is wrong with it. */
  public String reason() {
    return messageName + ": " + what;
  }

  /** What to tell the client. */
  public String sqlState() {
    return sqlState;
  }

  /** Whether only the encoding of a text is wrong, so that the connection can go on. */
  public boolean encodingOnly() {
    return sqlState.equals("22021");
  }
}
