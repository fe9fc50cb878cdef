package io.pgguard.wording;

import org.jspecify.annotations.Nullable;

/** What a client of the proxy is told while its connection is opened, and when it is ended. */
public enum ConnectWording implements Wording {
  MALFORMED_STARTUP(SqlState.PROTOCOL_VIOLATION, "invalid startup packet layout"),
  UNENCRYPTED_DATA(SqlState.PROTOCOL_VIOLATION, "received unencrypted data after SSL request"),
  NO_ANSWER(SqlState.PROTOCOL_VIOLATION, "expected password response"),
  ANSWER_SIZE(SqlState.PROTOCOL_VIOLATION, "invalid password packet size"),
  PROTOCOL(
      SqlState.FEATURE_NOT_SUPPORTED,
      "unsupported frontend protocol {major}.{minor}: server supports 3.0 to 3.2"),
  REPLICATION(SqlState.FEATURE_NOT_SUPPORTED, "replication does not pass through Guard"),
  NO_USER(SqlState.INVALID_AUTHORIZATION, "no PostgreSQL user name specified in startup packet"),
  ONLY_TLS(SqlState.INVALID_AUTHORIZATION, "this server takes only connections with TLS"),
  PASSWORD_NOT_TAKEN(
      SqlState.INVALID_PASSWORD, "password authentication failed for user \"{user}\""),
  CERTIFICATE_NOT_TAKEN(
      SqlState.INVALID_AUTHORIZATION, "certificate authentication failed for user \"{user}\""),
  TOKEN_NOT_TAKEN(
      SqlState.INVALID_AUTHORIZATION, "OAuth bearer authentication failed for user \"{user}\""),
  TOKEN_EXPIRED(SqlState.INVALID_AUTHORIZATION, "the token has expired; connect with a fresh one"),
  NO_STANDING(SqlState.INVALID_AUTHORIZATION, "Guard opens no session: {why}"),
  NO_DATABASE(SqlState.INVALID_CATALOG_NAME, "database \"{database}\" does not exist"),
  TOO_MANY(SqlState.TOO_MANY_CONNECTIONS, "sorry, too many clients already"),
  TOO_MANY_OF_ONE(SqlState.TOO_MANY_CONNECTIONS, "too many connections for {principal}"),
  TOO_MANY_FROM_ONE(SqlState.TOO_MANY_CONNECTIONS, "too many connections from this address"),
  TOO_MANY_FAILED(
      SqlState.INVALID_AUTHORIZATION,
      "too many logins from this address have failed",
      null,
      "Try again in {time}. A client that repeats a wrong password or an expired token by itself"
          + " keeps its address locked out."),
  NO_SERVER_FITS(
      SqlState.CONNECTION_FAILURE, "Guard reaches no server of this database that is {attributes}"),
  IDLE(
      SqlState.IDLE_SESSION_TIMEOUT,
      "terminating connection due to idle-session timeout",
      "Guard's configuration ends a session after {time} without a statement.",
      "Connect again; a pool should give connections back to their end before that."),
  SESSION_OVER(
      SqlState.ADMIN_SHUTDOWN,
      "terminating connection: sessions last {time} at most",
      null,
      "Connect again."),
  UNREACHABLE(SqlState.CONNECTION_FAILURE, "Guard cannot reach the database"),
  NOT_LOGGED(SqlState.IO_ERROR, "Guard opens no connection that it cannot log"),
  CLOSED(SqlState.ADMIN_SHUTDOWN, "Guard ends the connection: {why}"),
  FAILED(SqlState.INTERNAL_ERROR, "Guard failed; its log says why"),
  SHUTDOWN(SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"),
  UNKNOWN_SETTING(SqlState.UNDEFINED_OBJECT, "unrecognized configuration parameter \"{name}\""),
  FLOAT_DIGITS(
      SqlState.INSUFFICIENT_PRIVILEGE,
      "Guard refuses the connection's setting extra_float_digits = {value}: masks need numbers as"
          + " they are; 1 to 3 pass"),
  SEARCH_PATH(
      SqlState.INVALID_PARAMETER_VALUE, "invalid value for parameter \"search_path\": \"{value}\""),
  SETTING_UNREADABLE(SqlState.SYNTAX_ERROR, "{why}"),
  SETTING(
      SqlState.INSUFFICIENT_PRIVILEGE, "Guard refuses the connection's setting ({setting}): {why}"),
  OPTION(
      SqlState.INSUFFICIENT_PRIVILEGE,
      "Guard passes only settings in options (-c name=value), not {option}"),
  OPTION_WITHOUT_VALUE(SqlState.SYNTAX_ERROR, "-c {setting} requires a value"),
  HELD(
      SqlState.SUCCESSFUL_COMPLETION,
      "Guard holds this statement: approval request {request}",
      "It must be approved by {people} before {time}.",
      "Wait, or cancel the statement, which takes the request back.");

  private final Phrase phrase;

  ConnectWording(SqlState state, String message) {
    this(state, message, null, null);
  }

  ConnectWording(SqlState state, String message, @Nullable String detail, @Nullable String hint) {
    this.phrase = new Phrase(state, message, detail, hint);
  }

  @Override
  public String room() {
    return "connect";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
