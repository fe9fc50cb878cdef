package io.pgguard.jdbc.internal;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.largeobject.LargeObjectManager;
import org.postgresql.replication.PGReplicationConnection;
import org.postgresql.util.PGobject;

/**
 * PgJDBC's own interface of a connection: COPY and notifications run over the guarded socket; large
 * objects, fast path calls and replication are refused where they are used, not where they are
 * asked for.
 */
abstract class PgConnectionView extends RefusedConnectionFeatures implements PGConnection {

  /** PgJDBC's connection, as its own classes see it. */
  final BaseConnection pg() {
    return (BaseConnection) raw();
  }

  /** This connection, as PgJDBC's own classes may see it. */
  abstract BaseConnection view();

  @Override
  public Array createArrayOf(String typeName, Object elements) throws SQLException {
    return pg().createArrayOf(typeName, elements);
  }

  @Override
  public PGNotification[] getNotifications() throws SQLException {
    return pg().getNotifications();
  }

  @Override
  public PGNotification[] getNotifications(int timeoutMillis) throws SQLException {
    return pg().getNotifications(timeoutMillis);
  }

  @Override
  public CopyManager getCopyAPI() throws SQLException {
    return new CopyManager(view());
  }

  @Override
  public LargeObjectManager getLargeObjectAPI() throws SQLException {
    return RefusedFastpath.largeObjects(view());
  }

  @Override
  @Deprecated
  public Fastpath getFastpathAPI() {
    return new RefusedFastpath(view());
  }

  @Override
  @Deprecated
  public void addDataType(String type, String className) {
    throw new UnsupportedOperationException("Guard does not load classes by name for an agent.");
  }

  @Override
  public void addDataType(String type, Class<? extends PGobject> javaType) throws SQLException {
    pg().addDataType(type, javaType);
  }

  @Override
  public void setPrepareThreshold(int threshold) {
    pg().setPrepareThreshold(threshold);
  }

  @Override
  public int getPrepareThreshold() {
    return pg().getPrepareThreshold();
  }

  @Override
  public void setDefaultFetchSize(int fetchSize) throws SQLException {
    pg().setDefaultFetchSize(fetchSize);
  }

  @Override
  public int getDefaultFetchSize() {
    return pg().getDefaultFetchSize();
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    pg().setQueryTimeout(seconds);
  }

  @Override
  public int getQueryTimeout() {
    return pg().getQueryTimeout();
  }

  @Override
  public int getBackendPID() {
    return pg().getBackendPID();
  }

  @Override
  public void cancelQuery() throws SQLException {
    pg().cancelQuery();
  }

  @Override
  public String escapeIdentifier(String identifier) throws SQLException {
    return pg().escapeIdentifier(identifier);
  }

  @Override
  public String escapeLiteral(String literal) throws SQLException {
    return pg().escapeLiteral(literal);
  }

  @Override
  public PreferQueryMode getPreferQueryMode() {
    return pg().getPreferQueryMode();
  }

  @Override
  public AutoSave getAutosave() {
    return pg().getAutosave();
  }

  @Override
  public void setAutosave(AutoSave autoSave) {
    pg().setAutosave(autoSave);
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
    return pg().getParameterStatuses();
  }

  @Override
  public String getParameterStatus(String parameterName) {
    return pg().getParameterStatus(parameterName);
  }

  @Override
  public void setAdaptiveFetch(boolean adaptiveFetch) {
    pg().setAdaptiveFetch(adaptiveFetch);
  }

  @Override
  public boolean getAdaptiveFetch() {
    return pg().getAdaptiveFetch();
  }
}
