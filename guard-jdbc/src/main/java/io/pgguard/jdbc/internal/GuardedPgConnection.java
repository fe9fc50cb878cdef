package io.pgguard.jdbc.internal;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.replication.PGReplicationConnection;
import org.postgresql.util.PGobject;

/**
 * PgJDBC's own interface, as far as it is guarded: COPY and notifications run over the guarded
 * socket; large objects, fast path calls and replication are refused.
 */
final class GuardedPgConnection implements PGConnection {
  private final PGConnection connection;

  GuardedPgConnection(PGConnection connection) {
    this.connection = connection;
  }

  @Override
  public Array createArrayOf(String typeName, Object elements) throws SQLException {
    return connection.createArrayOf(typeName, elements);
  }

  @Override
  public PGNotification[] getNotifications() throws SQLException {
    return connection.getNotifications();
  }

  @Override
  public PGNotification[] getNotifications(int timeoutMillis) throws SQLException {
    return connection.getNotifications(timeoutMillis);
  }

  @Override
  public CopyManager getCopyAPI() throws SQLException {
    return connection.getCopyAPI();
  }

  @Override
  public LargeObjectManager getLargeObjectAPI() throws SQLException {
    throw Unsupported.feature("large objects", "Keep the data in a bytea column.");
  }

  @Override
  @Deprecated
  public Fastpath getFastpathAPI() throws SQLException {
    throw Unsupported.feature("fast path calls", "Call the function in a SELECT.");
  }

  @Override
  @Deprecated
  public void addDataType(String type, String className) {
    throw new UnsupportedOperationException("Guard does not load classes by name for an agent.");
  }

  @Override
  public void addDataType(String type, Class<? extends PGobject> javaType) throws SQLException {
    connection.addDataType(type, javaType);
  }

  @Override
  public void setPrepareThreshold(int threshold) {
    connection.setPrepareThreshold(threshold);
  }

  @Override
  public int getPrepareThreshold() {
    return connection.getPrepareThreshold();
  }

  @Override
  public void setDefaultFetchSize(int fetchSize) throws SQLException {
    connection.setDefaultFetchSize(fetchSize);
  }

  @Override
  public int getDefaultFetchSize() {
    return connection.getDefaultFetchSize();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    connection.setQueryTimeout(seconds);
  }

  @Override
  public int getQueryTimeout() {
    return connection.getQueryTimeout();
  }

  @Override
  public int getBackendPID() {
    return connection.getBackendPID();
  }

  @Override
  public void cancelQuery() throws SQLException {
    connection.cancelQuery();
  }

  @Override
  public String escapeIdentifier(String identifier) throws SQLException {
    return connection.escapeIdentifier(identifier);
  }

  @Override
  public String escapeLiteral(String literal) throws SQLException {
    return connection.escapeLiteral(literal);
  }

  @Override
  public PreferQueryMode getPreferQueryMode() {
    return connection.getPreferQueryMode();
  }

  @Override
  public AutoSave getAutosave() {
    return connection.getAutosave();
  }

  @Override
  public void setAutosave(AutoSave autoSave) {
    connection.setAutosave(autoSave);
  }

  @Override
  public PGReplicationConnection getReplicationAPI() {
    throw new UnsupportedOperationException(
        "Guard does not support replication: it would carry every row unmasked.");
  }

  @Override
  public void alterUserPassword(String user, char[] newPassword, String encryptionType)
      throws SQLException {
    throw Unsupported.feature("changing passwords", "Ask the database's administrator.");
  }

  @Override
  public Map<String, String> getParameterStatuses() {
    return connection.getParameterStatuses();
  }

  @Override
  public String getParameterStatus(String parameterName) {
    return connection.getParameterStatus(parameterName);
  }

  @Override
  public void setAdaptiveFetch(boolean adaptiveFetch) {
    connection.setAdaptiveFetch(adaptiveFetch);
  }

  @Override
  public boolean getAdaptiveFetch() {
    return connection.getAdaptiveFetch();
  }
}
