package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.postgresql.PGStatement;

/** What a statement is set to, and what it says of itself: passed on. */
abstract class StatementSettings implements Statement, PGStatement {

  /** The statement of PgJDBC, whose every byte the session sees. */
  abstract Statement raw();

  @Override
  public void close() throws SQLException {
    raw().close();
  }

  @Override
  public int getMaxFieldSize() throws SQLException {
    return raw().getMaxFieldSize();
  }

  @Override
  public void setMaxFieldSize(int number) throws SQLException {
    raw().setMaxFieldSize(number);
  }

  @Override
  public int getMaxRows() throws SQLException {
    return raw().getMaxRows();
  }

  @Override
  public void setMaxRows(int number) throws SQLException {
    raw().setMaxRows(number);
  }

  @Override
  public void setEscapeProcessing(boolean value) throws SQLException {
    raw().setEscapeProcessing(value);
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    return raw().getQueryTimeout();
  }

  @Override
  public void setQueryTimeout(int number) throws SQLException {
    raw().setQueryTimeout(number);
  }

  @Override
  public void cancel() throws SQLException {
    raw().cancel();
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
  public void setCursorName(String text) throws SQLException {
    raw().setCursorName(text);
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return raw().getUpdateCount();
  }

  @Override
  public void setFetchDirection(int number) throws SQLException {
    raw().setFetchDirection(number);
  }

  @Override
  public int getFetchDirection() throws SQLException {
    return raw().getFetchDirection();
  }

  @Override
  public void setFetchSize(int number) throws SQLException {
    raw().setFetchSize(number);
  }

  @Override
  public int getFetchSize() throws SQLException {
    return raw().getFetchSize();
  }

  @Override
  public int getResultSetConcurrency() throws SQLException {
    return raw().getResultSetConcurrency();
  }

  @Override
  public int getResultSetType() throws SQLException {
    return raw().getResultSetType();
  }

  @Override
  public int getResultSetHoldability() throws SQLException {
    return raw().getResultSetHoldability();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return raw().isClosed();
  }

  @Override
  public void setPoolable(boolean value) throws SQLException {
    raw().setPoolable(value);
  }

  @Override
  public boolean isPoolable() throws SQLException {
    return raw().isPoolable();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    raw().closeOnCompletion();
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    return raw().isCloseOnCompletion();
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    return raw().getLargeUpdateCount();
  }

  @Override
  public void setLargeMaxRows(long length) throws SQLException {
    raw().setLargeMaxRows(length);
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    return raw().getLargeMaxRows();
  }

  @Override
  public String enquoteLiteral(String text) throws SQLException {
    return raw().enquoteLiteral(text);
  }

  @Override
  public String enquoteIdentifier(String text, boolean value) throws SQLException {
    return raw().enquoteIdentifier(text, value);
  }

  @Override
  public boolean isSimpleIdentifier(String text) throws SQLException {
    return raw().isSimpleIdentifier(text);
  }

  @Override
  public String enquoteNCharLiteral(String text) throws SQLException {
    return raw().enquoteNCharLiteral(text);
  }

  private PGStatement pg() {
    return (PGStatement) raw();
  }

  @Override
  public long getLastOID() throws SQLException {
    return pg().getLastOID();
  }

  @Override
  @Deprecated
  public void setUseServerPrepare(boolean value) throws SQLException {
    pg().setUseServerPrepare(value);
  }

  @Override
  public boolean isUseServerPrepare() {
    return pg().isUseServerPrepare();
  }

  @Override
  public void setPrepareThreshold(int number) throws SQLException {
    pg().setPrepareThreshold(number);
  }

  @Override
  @Deprecated
  public int getPrepareThreshold() {
    return pg().getPrepareThreshold();
  }

  @Override
  public void setAdaptiveFetch(boolean value) {
    pg().setAdaptiveFetch(value);
  }

  @Override
  public boolean getAdaptiveFetch() {
    return pg().getAdaptiveFetch();
  }

  /** The text, with the values that were set: they are the caller's own. */
  @Override
  public String toString() {
    return raw().toString();
  }
}
