package io.pgguard.wording;

import org.jspecify.annotations.Nullable;

/** What the JDBC driver's exceptions say of Guard's own. */
public enum DriverWording implements Wording {
  OTHER_CREDENTIAL(
      SqlState.FEATURE_NOT_SUPPORTED,
      "The database credential comes from the guard.config file; call getConnection()."),
  LOG_WRITER(SqlState.FEATURE_NOT_SUPPORTED, "Guard logs through SLF4J."),
  WRAPS_NOTHING(SqlState.FEATURE_NOT_SUPPORTED, "GuardDataSource wraps nothing that it hands out."),
  UNWRAP(
      SqlState.FEATURE_NOT_SUPPORTED,
      "Guard does not hand out {type}: what it wraps would go round the guard. Use the JDBC"
          + " interfaces."),
  UNSUPPORTED(
      SqlState.FEATURE_NOT_SUPPORTED,
      "Guard does not support {what}: it is refused rather than passed on unguarded. {instead}"),
  NOT_TAKEN(SqlState.CLIENT_UNABLE_TO_CONNECT, "PgJDBC did not take {url}"),
  WRONG_URL(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "The URL {url} is wrong: {why}. It looks like"
          + " jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml"),
  PROPERTY(SqlState.CLIENT_UNABLE_TO_CONNECT, "Guard refused the connection: {why}."),
  NO_CONFIGURATION(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "The URL names no configuration: add ?guard.config=path/to/guard.yaml"),
  NO_FILE(SqlState.CLIENT_UNABLE_TO_CONNECT, "guard.config names no file: {why}"),
  TLS_MODE(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "database.tls of the configuration must be disable, require, verify-ca or verify-full, not"
          + " {mode}"),
  UNKNOWN_HOST(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "The host {host} is not known. Check the host in the URL."),
  NO_STANDING(SqlState.INVALID_AUTHORIZATION, "Guard opens no connection for you: {why}"),
  CONFIGURATION(SqlState.CLIENT_UNABLE_TO_CONNECT, "Guard is not configured right: {why}"),
  NOT_LOGGED(SqlState.IO_ERROR, "Guard opens no connection that it cannot log: {why}"),
  CATALOG_UNKNOWN(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "Guard opens no connection to a database whose catalog it cannot read: {why}"),
  CREDENTIAL_NOT_TAKEN(
      null, "The server does not take the credential of the guard.config file: {why}"),
  STATEMENT_CLOSED(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "This statement has been closed."),
  OTHER_PRINCIPAL(
      SqlState.INVALID_AUTHORIZATION,
      "This connection belongs to {principal}, but the GuardContext in force names another"
          + " principal. Open a connection for that one."),
  NO_URL(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "The data source has no URL: set `url` to"
          + " jdbc:guard:postgresql://host:port/database?guard.config=guard.yaml"),
  NO_SCOPE(
      SqlState.INVALID_AUTHORIZATION,
      "Statements of this connection run within a GuardContext that says who asks (guard.scope of"
          + " its properties), and none is in force. Open one: GuardContext.subject(...).open()."),
  SCOPE_LEFT(
      SqlState.INVALID_AUTHORIZATION,
      "This connection was opened within a GuardContext and belongs to whom that named, and none is"
          + " in force. Use it within such a context, or open it outside of one, as a pool should"
          + " be built."),
  NO_PRINCIPAL(
      SqlState.INVALID_AUTHORIZATION,
      "Guard needs to know who asks: set the connection property guard.subject, or open the"
          + " connection within a GuardContext that names a subject."),
  NO_TOKEN(
      SqlState.INVALID_AUTHORIZATION,
      "Guard takes no claimed identity here: show an access token by the property guard.token, or by"
          + " a TokenSupplier on the GuardDataSource."),
  TOKEN_NOT_TAKEN(
      SqlState.INVALID_AUTHORIZATION, "Guard does not take this token; its log says why."),
  NO_ISSUERS(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "The connection shows a token, but the configuration names nobody who issues them: add"
          + " identity.issuers."),
  NO_IDENTITY_MODULE(
      SqlState.CLIENT_UNABLE_TO_CONNECT,
      "The connection shows a token, and what verifies tokens is not there: add the module"
          + " guard-identity to the application."),
  SAID_AND_PROVED(
      SqlState.INVALID_AUTHORIZATION,
      "The connection shows a token and says who asks beside it: leave guard.subject and"
          + " guard.groups out, which the token proves."),
  POLICY_CHANGED(
      SqlState.SERIALIZATION_FAILURE,
      "The policy changed while Guard decided on this text. See what of it is done, and run the"
          + " rest.");

  private final Phrase phrase;

  DriverWording(@Nullable SqlState state, String message) {
    this.phrase = new Phrase(state, message, null, null);
  }

  @Override
  public String room() {
    return "driver";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
