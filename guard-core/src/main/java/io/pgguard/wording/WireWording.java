package io.pgguard.wording;

import org.jspecify.annotations.Nullable;

/** What is said about messages of the protocol, while a session is under way. */
public enum WireWording implements Wording {
  MANY_STATEMENTS(
      SqlState.SYNTAX_ERROR, "a prepared text can hold one statement only", "Send them singly."),
  PORTAL_OUTDATED(
      SqlState.INVALID_CURSOR_NAME,
      "what this portal reads may have been replaced since it was bound",
      "Bind it again."),
  PORTAL_ENDED(
      SqlState.INVALID_CURSOR_NAME, "what was bound to this portal has ended", "Bind it again."),
  LATE_DESCRIBE(
      SqlState.FEATURE_NOT_SUPPORTED,
      "Guard passes Describe of a FETCH only right after its Parse or Bind",
      "Bind it again and describe the portal at once."),
  UNKNOWN_STATEMENT(
      SqlState.INVALID_STATEMENT_NAME,
      "prepared statement \"{name}\" was not prepared by a Parse message that Guard saw",
      "A statement made by SQL PREPARE is run with SQL EXECUTE; otherwise prepare it again."),
  UNKNOWN_PORTAL(
      SqlState.INVALID_CURSOR_NAME,
      "portal \"{name}\" was not made by a Bind message that Guard saw, or has ended",
      "A cursor made by SQL DECLARE is read with SQL FETCH; otherwise bind it again."),
  RESERVED_NAME(
      SqlState.RESERVED_NAME,
      "statement and portal names that begin with \"{prefix}\" are Guard's own",
      "Name it otherwise."),
  LONG_NAME(
      SqlState.NAME_TOO_LONG, "a statement or portal name is longer than 63 bytes", "Shorten it."),
  FAST_PATH(
      SqlState.FEATURE_NOT_SUPPORTED,
      "Guard does not pass fast-path function calls (protocol message FunctionCall)",
      "Call the function in a SELECT statement instead."),
  NOT_UTF8(
      SqlState.CHARACTER_NOT_IN_REPERTOIRE,
      "a text is not UTF-8; send text in client_encoding UTF8",
      null),
  MALFORMED(null, "{what}", null),
  ENDS(null, "Guard ends the connection: {why}", null),
  ENDS_FAILED(
      SqlState.INTERNAL_ERROR, "Guard ends the connection: it failed; its log says why", null),
  WITHHELD(null, "the server reported an error whose text Guard withholds", null);

  private final Phrase phrase;

  WireWording(@Nullable SqlState state, String message, @Nullable String hint) {
    this.phrase = new Phrase(state, message, null, hint);
  }

  @Override
  public String room() {
    return "wire";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
