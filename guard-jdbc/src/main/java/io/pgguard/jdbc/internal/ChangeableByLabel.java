package io.pgguard.jdbc.internal;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * Changes of columns that are named by their labels: passed on, as {@link ChangeableResultSet}
 * tells. Long only because java.sql.ResultSet has so many such methods.
 */
abstract class ChangeableByLabel implements ResultSet {
  /** PgJDBC's result. */
  abstract ResultSet raw();

  /** What PgJDBC runs for a change or to read a row again. */
  @FunctionalInterface
  interface Change {
    void run() throws SQLException;
  }

  /** Runs it in the session's context, with refusals told as such. */
  abstract void change(Change change) throws SQLException;

  @Override
  public void updateNull(String columnLabel) throws SQLException {
    raw().updateNull(columnLabel);
  }

  @Override
  public void updateBoolean(String columnLabel, boolean value) throws SQLException {
    raw().updateBoolean(columnLabel, value);
  }

  @Override
  public void updateByte(String columnLabel, byte value) throws SQLException {
    raw().updateByte(columnLabel, value);
  }

  @Override
  public void updateShort(String columnLabel, short value) throws SQLException {
    raw().updateShort(columnLabel, value);
  }

  @Override
  public void updateInt(String columnLabel, int number) throws SQLException {
    raw().updateInt(columnLabel, number);
  }

  @Override
  public void updateLong(String columnLabel, long length) throws SQLException {
    raw().updateLong(columnLabel, length);
  }

  @Override
  public void updateFloat(String columnLabel, float value) throws SQLException {
    raw().updateFloat(columnLabel, value);
  }

  @Override
  public void updateDouble(String columnLabel, double value) throws SQLException {
    raw().updateDouble(columnLabel, value);
  }

  @Override
  public void updateBigDecimal(String columnLabel, BigDecimal value) throws SQLException {
    raw().updateBigDecimal(columnLabel, value);
  }

  @Override
  public void updateString(String columnLabel, String text) throws SQLException {
    raw().updateString(columnLabel, text);
  }

  @Override
  public void updateBytes(String columnLabel, byte[] value) throws SQLException {
    raw().updateBytes(columnLabel, value);
  }

  @Override
  public void updateDate(String columnLabel, Date value) throws SQLException {
    raw().updateDate(columnLabel, value);
  }

  @Override
  public void updateTime(String columnLabel, Time value) throws SQLException {
    raw().updateTime(columnLabel, value);
  }

  @Override
  public void updateTimestamp(String columnLabel, Timestamp value) throws SQLException {
    raw().updateTimestamp(columnLabel, value);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream stream, int number)
      throws SQLException {
    raw().updateAsciiStream(columnLabel, stream, number);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream stream, int number)
      throws SQLException {
    raw().updateBinaryStream(columnLabel, stream, number);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader reader, int number)
      throws SQLException {
    raw().updateCharacterStream(columnLabel, reader, number);
  }

  @Override
  public void updateObject(String columnLabel, Object value, int number) throws SQLException {
    raw().updateObject(columnLabel, value, number);
  }

  @Override
  public void updateObject(String columnLabel, Object value) throws SQLException {
    raw().updateObject(columnLabel, value);
  }

  @Override
  public void updateRef(String columnLabel, Ref value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateBlob(String columnLabel, Blob value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateClob(String columnLabel, Clob value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateArray(String columnLabel, Array value) throws SQLException {
    raw().updateArray(columnLabel, value);
  }

  @Override
  public void updateRowId(String columnLabel, RowId value) throws SQLException {
    raw().updateRowId(columnLabel, value);
  }

  @Override
  public void updateNString(String columnLabel, String text) throws SQLException {
    raw().updateNString(columnLabel, text);
  }

  @Override
  public void updateNClob(String columnLabel, NClob value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateSQLXML(String columnLabel, SQLXML value) throws SQLException {
    raw().updateSQLXML(columnLabel, value);
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader reader, long length)
      throws SQLException {
    raw().updateNCharacterStream(columnLabel, reader, length);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream stream, long length)
      throws SQLException {
    raw().updateAsciiStream(columnLabel, stream, length);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream stream, long length)
      throws SQLException {
    raw().updateBinaryStream(columnLabel, stream, length);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader reader, long length)
      throws SQLException {
    raw().updateCharacterStream(columnLabel, reader, length);
  }

  @Override
  public void updateBlob(String columnLabel, InputStream stream, long length) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateClob(String columnLabel, Reader reader, long length) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateNClob(String columnLabel, Reader reader, long length) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader reader) throws SQLException {
    raw().updateNCharacterStream(columnLabel, reader);
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream stream) throws SQLException {
    raw().updateAsciiStream(columnLabel, stream);
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream stream) throws SQLException {
    raw().updateBinaryStream(columnLabel, stream);
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader reader) throws SQLException {
    raw().updateCharacterStream(columnLabel, reader);
  }

  @Override
  public void updateBlob(String columnLabel, InputStream stream) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateClob(String columnLabel, Reader reader) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateNClob(String columnLabel, Reader reader) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateObject(String columnLabel, Object value, SQLType targetType, int number)
      throws SQLException {
    raw().updateObject(columnLabel, value, targetType, number);
  }

  @Override
  public void updateObject(String columnLabel, Object value, SQLType targetType)
      throws SQLException {
    raw().updateObject(columnLabel, value, targetType);
  }
}
