package io.pgguard.jdbc.internal;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/**
 * What a call is given by the names of its parameters, and what it gives back: passed on. Values
 * reach the session in the Bind message.
 */
abstract class CallableSetters extends GuardedPreparedStatement implements CallableStatement {
  /** PgJDBC's call. */
  final CallableStatement raw;

  CallableSetters(GuardedConnection connection, String sql, CallableStatement raw) {
    super(connection, sql, raw);
    this.raw = raw;
  }

  @Override
  public void setURL(String parameterName, URL value) throws SQLException {
    raw.setURL(parameterName, value);
  }

  @Override
  public void setNull(String parameterName, int sqlType) throws SQLException {
    raw.setNull(parameterName, sqlType);
  }

  @Override
  public void setBoolean(String parameterName, boolean value) throws SQLException {
    raw.setBoolean(parameterName, value);
  }

  @Override
  public void setByte(String parameterName, byte value) throws SQLException {
    raw.setByte(parameterName, value);
  }

  @Override
  public void setShort(String parameterName, short value) throws SQLException {
    raw.setShort(parameterName, value);
  }

  @Override
  public void setInt(String parameterName, int value) throws SQLException {
    raw.setInt(parameterName, value);
  }

  @Override
  public void setLong(String parameterName, long value) throws SQLException {
    raw.setLong(parameterName, value);
  }

  @Override
  public void setFloat(String parameterName, float value) throws SQLException {
    raw.setFloat(parameterName, value);
  }

  @Override
  public void setDouble(String parameterName, double value) throws SQLException {
    raw.setDouble(parameterName, value);
  }

  @Override
  public void setBigDecimal(String parameterName, BigDecimal value) throws SQLException {
    raw.setBigDecimal(parameterName, value);
  }

  @Override
  public void setString(String parameterName, String value) throws SQLException {
    raw.setString(parameterName, value);
  }

  @Override
  public void setBytes(String parameterName, byte[] value) throws SQLException {
    raw.setBytes(parameterName, value);
  }

  @Override
  public void setDate(String parameterName, Date value) throws SQLException {
    raw.setDate(parameterName, value);
  }

  @Override
  public void setTime(String parameterName, Time value) throws SQLException {
    raw.setTime(parameterName, value);
  }

  @Override
  public void setTimestamp(String parameterName, Timestamp value) throws SQLException {
    raw.setTimestamp(parameterName, value);
  }

  @Override
  public void setAsciiStream(String parameterName, InputStream value, int length)
      throws SQLException {
    raw.setAsciiStream(parameterName, value, length);
  }

  @Override
  public void setBinaryStream(String parameterName, InputStream value, int length)
      throws SQLException {
    raw.setBinaryStream(parameterName, value, length);
  }

  @Override
  public void setObject(String parameterName, Object value, int sqlType, int scale)
      throws SQLException {
    raw.setObject(parameterName, value, sqlType, scale);
  }

  @Override
  public void setObject(String parameterName, Object value, int sqlType) throws SQLException {
    raw.setObject(parameterName, value, sqlType);
  }

  @Override
  public void setObject(String parameterName, Object value) throws SQLException {
    raw.setObject(parameterName, value);
  }

  @Override
  public void setCharacterStream(String parameterName, Reader value, int length)
      throws SQLException {
    raw.setCharacterStream(parameterName, value, length);
  }

  @Override
  public void setDate(String parameterName, Date value, Calendar calendar) throws SQLException {
    raw.setDate(parameterName, value, calendar);
  }

  @Override
  public void setTime(String parameterName, Time value, Calendar calendar) throws SQLException {
    raw.setTime(parameterName, value, calendar);
  }

  @Override
  public void setTimestamp(String parameterName, Timestamp value, Calendar calendar)
      throws SQLException {
    raw.setTimestamp(parameterName, value, calendar);
  }

  @Override
  public void setNull(String parameterName, int sqlType, String typeName) throws SQLException {
    raw.setNull(parameterName, sqlType, typeName);
  }

  @Override
  public void setRowId(String parameterName, RowId value) throws SQLException {
    raw.setRowId(parameterName, value);
  }

  @Override
  public void setNString(String parameterName, String value) throws SQLException {
    raw.setNString(parameterName, value);
  }

  @Override
  public void setNCharacterStream(String parameterName, Reader value, long length)
      throws SQLException {
    raw.setNCharacterStream(parameterName, value, length);
  }

  @Override
  public void setNClob(String parameterName, NClob value) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setClob(String parameterName, Reader value, long length) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setBlob(String parameterName, InputStream value, long length) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setNClob(String parameterName, Reader value, long length) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setSQLXML(String parameterName, SQLXML value) throws SQLException {
    raw.setSQLXML(parameterName, value);
  }

  @Override
  public void setBlob(String parameterName, Blob value) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setClob(String parameterName, Clob value) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setAsciiStream(String parameterName, InputStream value, long length)
      throws SQLException {
    raw.setAsciiStream(parameterName, value, length);
  }

  @Override
  public void setBinaryStream(String parameterName, InputStream value, long length)
      throws SQLException {
    raw.setBinaryStream(parameterName, value, length);
  }

  @Override
  public void setCharacterStream(String parameterName, Reader value, long length)
      throws SQLException {
    raw.setCharacterStream(parameterName, value, length);
  }

  @Override
  public void setAsciiStream(String parameterName, InputStream value) throws SQLException {
    raw.setAsciiStream(parameterName, value);
  }

  @Override
  public void setBinaryStream(String parameterName, InputStream value) throws SQLException {
    raw.setBinaryStream(parameterName, value);
  }

  @Override
  public void setCharacterStream(String parameterName, Reader value) throws SQLException {
    raw.setCharacterStream(parameterName, value);
  }

  @Override
  public void setNCharacterStream(String parameterName, Reader value) throws SQLException {
    raw.setNCharacterStream(parameterName, value);
  }

  @Override
  public void setClob(String parameterName, Reader value) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setBlob(String parameterName, InputStream value) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setNClob(String parameterName, Reader value) throws SQLException {
    throw Unsupported.feature("large objects", "Use setBytes, setString or a stream setter.");
  }

  @Override
  public void setObject(String parameterName, Object value, SQLType type, int scale)
      throws SQLException {
    raw.setObject(parameterName, value, type, scale);
  }

  @Override
  public void setObject(String parameterName, Object value, SQLType type) throws SQLException {
    raw.setObject(parameterName, value, type);
  }
}
