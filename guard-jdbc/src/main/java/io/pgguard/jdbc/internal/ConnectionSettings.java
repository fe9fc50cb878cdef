package io.pgguard.jdbc.internal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;

/** What a connection is set to, and what it says of itself: passed on. */
abstract class ConnectionSettings implements Connection {

  /** The connection of PgJDBC, whose every byte the session sees. */
  abstract Connection raw();

  @Override
  public String nativeSQL(String text) throws SQLException {
    return raw().nativeSQL(text);
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return raw().getAutoCommit();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return raw().isClosed();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return raw().isReadOnly();
  }

  @Override
  public String getCatalog() throws SQLException {
    return raw().getCatalog();
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    return raw().getTransactionIsolation();
  }

  @Override
  public SQLWarning getWarnings() throws SQLException {
    return raw().getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    raw().clearWarnings();
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    return raw().getTypeMap();
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> types) throws SQLException {
    raw().setTypeMap(types);
  }

  @Override
  public void setHoldability(int number) throws SQLException {
    raw().setHoldability(number);
  }

  @Override
  public int getHoldability() throws SQLException {
    return raw().getHoldability();
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    return raw().createSQLXML();
  }

  @Override
  public boolean isValid(int number) throws SQLException {
    return raw().isValid(number);
  }

  @Override
  public String getClientInfo(String text) throws SQLException {
    return raw().getClientInfo(text);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    return raw().getClientInfo();
  }

  @Override
  public Array createArrayOf(String text, Object[] value) throws SQLException {
    return raw().createArrayOf(text, value);
  }

  @Override
  public String getSchema() throws SQLException {
    return raw().getSchema();
  }

  @Override
  public void setNetworkTimeout(Executor executor, int number) throws SQLException {
    raw().setNetworkTimeout(executor, number);
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    return raw().getNetworkTimeout();
  }
}
