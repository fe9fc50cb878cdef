package io.pgguard.jdbc.internal;

import io.pgguard.GuardContext;
import io.pgguard.jdbc.StatementHeldException;
import io.pgguard.jdbc.StatementRefusedException;
import io.pgguard.session.GuardSession;
import io.pgguard.session.Refusal;
import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connection that an agent holds: PgJDBC's, every byte of which runs through a guarded session.
 * Not thread-safe beyond what JDBC asks.
 */
public final class GuardedConnection extends PgInternals {
  private static final String INTENT = "guard.intent";

  private final String url;
  private final FreshTokens tokens;
  private Connection connection;
  private GuardSession session;
  private final @Nullable String openedFor;
  private @Nullable String statedIntent;

  /**
   * @param url what it was opened by, without secrets
   * @param link PgJDBC's connection, over a guarded socket, and what that socket talks to
   * @param intent why the agent asks, or null
   * @param tokens shows fresh tokens
   */
  GuardedConnection(
      String url, FreshTokens.Link link, @Nullable String intent, FreshTokens tokens) {
    this.url = url;
    this.tokens = tokens;
    this.connection = link.connection();
    this.session = link.session();
    this.openedFor = intent;
    this.statedIntent = intent;
    session.intent(intent);
  }

  /** PgJDBC's connection, of who asks now: statements are made by nothing else. */
  private Connection asking() throws SQLException {
    FreshTokens.Link other = tokens.lookBetween(new FreshTokens.Link(connection, session));
    if (other != null) {
      connection = other.connection();
      session = other.session();
      statedIntent = openedFor;
    }
    return connection;
  }

  @Override
  Connection raw() {
    return connection;
  }

  @Override
  GuardedConnection guarded() {
    return this;
  }

  /** Statements are about to run: shows a fresh token, and looks whose scope it is. */
  void look() throws SQLException {
    tokens.look(session);
  }

  @Override
  <T> T run(Action<T> action) throws SQLException {
    enterContext();
    return telling(action);
  }

  /** Runs what has begun in the session's context, and tells a refusal as one. */
  <T> T telling(Action<T> action) throws SQLException {
    try {
      return action.run();
    } catch (BatchUpdateException e) {
      throw ofBatch(e);
    } catch (SQLException e) {
      throw told(e);
    }
  }

  @Override
  <T> T run(String sql, boolean parameters, Action<T> action) throws SQLException {
    tokens.look(session);
    return run(
        () -> {
          WholeText.decide(connection, session, sql, parameters);
          return action.run();
        });
  }

  /** A scope may say why; who asks was settled when the connection was opened. */
  private void enterContext() throws SQLException {
    tokens.scopes().check(session.principal());
    Optional<GuardContext> context = GuardContext.current();
    session.intent(context.flatMap(GuardContext::intent).orElse(statedIntent));
  }

  /** A batch tells by its counts and its message which element it was, and by its cause why. */
  private BatchUpdateException ofBatch(BatchUpdateException e) {
    SQLException told = e.getCause() instanceof SQLException cause ? told(cause) : e;
    if (told == e || told == e.getCause()) {
      return e;
    }
    BatchUpdateException refused =
        new BatchUpdateException(
            e.getMessage(), e.getSQLState(), e.getErrorCode(), e.getLargeUpdateCounts(), told);
    refused.setNextException(told);
    return refused;
  }

  /** What failed, told as a refusal where it was one. */
  SQLException told(SQLException e) {
    Refusal refusal = session.lastRefusal().orElse(null);
    String message = e.getMessage();
    if (refusal == null || message == null || !message.contains(refusal.message())) {
      return e;
    }
    String request = refusal.approvalRequestId();
    return refusal.held() && request != null
        ? new StatementHeldException(message, e.getSQLState(), request, e)
        : new StatementRefusedException(message, e.getSQLState(), refusal.rule(), request, e);
  }

  @Override
  <T> T runBatch(List<String> texts, Action<T> action) throws SQLException {
    tokens.look(session);
    return run(
        () -> {
          HeldBatch.decide(connection, session, texts);
          return action.run();
        });
  }

  @Override
  public Statement createStatement() throws SQLException {
    return new GuardedStatement(this, asking().createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return new GuardedStatement(this, asking().createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return new GuardedStatement(this, asking().createStatement(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return guarded(sql, asking().prepareStatement(sql));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return guarded(sql, asking().prepareStatement(sql, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return guarded(sql, asking().prepareStatement(sql, type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    return guarded(sql, asking().prepareStatement(sql, autoGeneratedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return guarded(sql, asking().prepareStatement(sql, columnIndexes));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return guarded(sql, asking().prepareStatement(sql, columnNames));
  }

  private PreparedStatement guarded(String sql, PreparedStatement statement) {
    return new GuardedPreparedStatement(this, sql, statement);
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return new GuardedCallableStatement(this, sql, asking().prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return new GuardedCallableStatement(this, sql, asking().prepareCall(sql, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return new GuardedCallableStatement(
        this, sql, asking().prepareCall(sql, type, concurrency, holdability));
  }

  /** The Guard URL, without secrets. */
  String url() {
    return url;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    return GuardedDatabaseMetaData.of(this, connection.getMetaData());
  }

  @Override
  public void setClientInfo(String name, String value) throws SQLClientInfoException {
    if (INTENT.equals(name)) {
      statedIntent = value;
    } else if (GuardUrl.TOKEN.equals(name)) {
      showToken(value);
    } else if (name != null && name.startsWith("guard.")) {
      throw new SQLClientInfoException(
          name
              + " is settled when the connection is opened; only guard.intent and guard.token may be set later. Set it as a connection"
              + " property.",
          Map.of(name, ClientInfoStatus.REASON_VALUE_INVALID));
    } else {
      connection.setClientInfo(name, value);
    }
  }

  private void showToken(@Nullable String token) throws SQLClientInfoException {
    try {
      tokens.show(session, token == null ? "" : token);
    } catch (SQLException e) {
      throw new SQLClientInfoException(
          e.getMessage(),
          e.getSQLState(),
          Map.of(GuardUrl.TOKEN, ClientInfoStatus.REASON_VALUE_INVALID));
    }
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    for (String name : properties.stringPropertyNames()) {
      setClientInfo(name, properties.getProperty(name));
    }
  }

  /** A pool hands it to the next borrower, who has nothing of the one before. */
  @Override
  public void beginRequest() throws SQLException {
    statedIntent = openedFor;
    connection.beginRequest();
  }

  @Override
  public void endRequest() throws SQLException {
    statedIntent = openedFor;
    connection.endRequest();
  }

  @Override
  public void abort(Executor executor) throws SQLException {
    connection.abort(executor); // its socket ends the session, once no thread is in it
  }

  @Override
  public void close() throws SQLException {
    FreshTokens.close(new FreshTokens.Link(connection, session));
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.of(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
