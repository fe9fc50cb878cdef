package io.pgguard.jdbc.internal;

import java.sql.SQLException;
import java.sql.SQLWarning;

/** Moving over a result, and what a result says of itself: passed on. */
abstract class ResultSetCursor extends ResultSetGetters {

  @Override
  public boolean wasNull() throws SQLException {
    return raw().wasNull();
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
  public String getCursorName() throws SQLException {
    return raw().getCursorName();
  }

  @Override
  public int findColumn(String columnLabel) throws SQLException {
    return raw().findColumn(columnLabel);
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    return raw().isBeforeFirst();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    return raw().isAfterLast();
  }

  @Override
  public boolean isFirst() throws SQLException {
    return raw().isFirst();
  }

  @Override
  public boolean isLast() throws SQLException {
    return raw().isLast();
  }

  @Override
  public void beforeFirst() throws SQLException {
    raw().beforeFirst();
  }

  @Override
  public void afterLast() throws SQLException {
    raw().afterLast();
  }

  @Override
  public boolean first() throws SQLException {
    return raw().first();
  }

  @Override
  public boolean last() throws SQLException {
    return raw().last();
  }

  @Override
  public int getRow() throws SQLException {
    return raw().getRow();
  }

  @Override
  public boolean absolute(int number) throws SQLException {
    return raw().absolute(number);
  }

  @Override
  public boolean relative(int number) throws SQLException {
    return raw().relative(number);
  }

  @Override
  public boolean previous() throws SQLException {
    return raw().previous();
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
  public int getType() throws SQLException {
    return raw().getType();
  }

  @Override
  public int getConcurrency() throws SQLException {
    return raw().getConcurrency();
  }

  @Override
  public int getHoldability() throws SQLException {
    return raw().getHoldability();
  }

  @Override
  public boolean isClosed() throws SQLException {
    return raw().isClosed();
  }
}
