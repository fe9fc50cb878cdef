package io.pgguard.pgwire.message;

import io.pgguard.wording.SqlState;
import io.pgguard.wording.WireWording;

/** A message that does not have the form that the protocol gives it. Names the message. */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String messageName;
  private final String what;
  private final SqlState sqlState;

  private MalformedMessageException(String messageName, SqlState sqlState, String what) {
    super(messageName + ": " + what);
    this.what = what;
    this.messageName = messageName;
    this.sqlState = sqlState;
  }

  /** A violation of the protocol (SQLSTATE 08P01). */
  public static MalformedMessageException violation(String messageName, String what) {
    return new MalformedMessageException(messageName, SqlState.PROTOCOL_VIOLATION, what);
  }

  /** A text that is not UTF-8 (SQLSTATE 22021); the frame itself is sound. */
  public static MalformedMessageException encoding(String messageName) {
    return new MalformedMessageException(
        messageName, SqlState.CHARACTER_NOT_IN_REPERTOIRE, WireWording.NOT_UTF8.say().message());
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
    return sqlState.code();
  }

  /** Whether only the encoding of a text is wrong, so that the connection can go on. */
  public boolean encodingOnly() {
    return sqlState == SqlState.CHARACTER_NOT_IN_REPERTOIRE;
  }
}
