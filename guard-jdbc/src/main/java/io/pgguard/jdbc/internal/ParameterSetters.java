package io.pgguard.jdbc.internal;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** Parameter setters: values reach the session in the Bind message, so they only pass them on. */
abstract class ParameterSetters extends RefusedParameters {

  private final PreparedStatement raw;

  ParameterSetters(GuardedConnection connection, PreparedStatement raw) {
    super(connection, raw);
    this.raw = raw;
  }

  @Override
  public void setNull(int parameterIndex, int number) throws SQLException {
    raw.setNull(parameterIndex, number);
  }

  @Override
  public void setBoolean(int parameterIndex, boolean value) throws SQLException {
    raw.setBoolean(parameterIndex, value);
  }

  @Override
  public void setByte(int parameterIndex, byte value) throws SQLException {
    raw.setByte(parameterIndex, value);
  }

  @Override
  public void setShort(int parameterIndex, short value) throws SQLException {
    raw.setShort(parameterIndex, value);
  }

  @Override
  public void setInt(int parameterIndex, int number) throws SQLException {
    raw.setInt(parameterIndex, number);
  }

  @Override
  public void setLong(int parameterIndex, long length) throws SQLException {
    raw.setLong(parameterIndex, length);
  }

  @Override
  public void setFloat(int parameterIndex, float value) throws SQLException {
    raw.setFloat(parameterIndex, value);
  }

  @Override
  public void setDouble(int parameterIndex, double value) throws SQLException {
    raw.setDouble(parameterIndex, value);
  }

  @Override
  public void setBigDecimal(int parameterIndex, BigDecimal value) throws SQLException {
    raw.setBigDecimal(parameterIndex, value);
  }

  @Override
  public void setString(int parameterIndex, String text) throws SQLException {
    raw.setString(parameterIndex, text);
  }

  @Override
  public void setBytes(int parameterIndex, byte[] value) throws SQLException {
    raw.setBytes(parameterIndex, value);
  }

  @Override
  public void setDate(int parameterIndex, Date value) throws SQLException {
    raw.setDate(parameterIndex, value);
  }

  @Override
  public void setTime(int parameterIndex, Time value) throws SQLException {
    raw.setTime(parameterIndex, value);
  }

  @Override
  public void setTimestamp(int parameterIndex, Timestamp value) throws SQLException {
    raw.setTimestamp(parameterIndex, value);
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream stream, int number)
      throws SQLException {
    raw.setAsciiStream(parameterIndex, stream, number);
  }

  @Deprecated
  @Override
  public void setUnicodeStream(int parameterIndex, InputStream stream, int number)
      throws SQLException {
    raw.setUnicodeStream(parameterIndex, stream, number);
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream stream, int number)
      throws SQLException {
    raw.setBinaryStream(parameterIndex, stream, number);
  }

  @Override
  public void setObject(int parameterIndex, Object value, int number) throws SQLException {
    raw.setObject(parameterIndex, value, number);
  }

  @Override
  public void setObject(int parameterIndex, Object value) throws SQLException {
    raw.setObject(parameterIndex, value);
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader reader, int number)
      throws SQLException {
    raw.setCharacterStream(parameterIndex, reader, number);
  }

  @Override
  public void setArray(int parameterIndex, Array value) throws SQLException {
    raw.setArray(parameterIndex, value);
  }

  @Override
  public void setDate(int parameterIndex, Date value, Calendar calendar) throws SQLException {
    raw.setDate(parameterIndex, value, calendar);
  }

  @Override
  public void setTime(int parameterIndex, Time value, Calendar calendar) throws SQLException {
    raw.setTime(parameterIndex, value, calendar);
  }

  @Override
  public void setTimestamp(int parameterIndex, Timestamp value, Calendar calendar)
      throws SQLException {
    raw.setTimestamp(parameterIndex, value, calendar);
  }

  @Override
  public void setNull(int parameterIndex, int number, String text) throws SQLException {
    raw.setNull(parameterIndex, number, text);
  }

  @Override
  public void setURL(int parameterIndex, URL value) throws SQLException {
    raw.setURL(parameterIndex, value);
  }

  @Override
  public void setRowId(int parameterIndex, RowId value) throws SQLException {
    raw.setRowId(parameterIndex, value);
  }

  @Override
  public void setNString(int parameterIndex, String text) throws SQLException {
    raw.setNString(parameterIndex, text);
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader reader, long length)
      throws SQLException {
    raw.setNCharacterStream(parameterIndex, reader, length);
  }

  @Override
  public void setSQLXML(int parameterIndex, SQLXML value) throws SQLException {
    raw.setSQLXML(parameterIndex, value);
  }

  @Override
  public void setObject(int parameterIndex, Object value, int number, int number2)
      throws SQLException {
    raw.setObject(parameterIndex, value, number, number2);
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream stream, long length)
      throws SQLException {
    raw.setAsciiStream(parameterIndex, stream, length);
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream stream, long length)
      throws SQLException {
    raw.setBinaryStream(parameterIndex, stream, length);
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader reader, long length)
      throws SQLException {
    raw.setCharacterStream(parameterIndex, reader, length);
  }

  @Override
  public void setAsciiStream(int parameterIndex, InputStream stream) throws SQLException {
    raw.setAsciiStream(parameterIndex, stream);
  }

  @Override
  public void setBinaryStream(int parameterIndex, InputStream stream) throws SQLException {
    raw.setBinaryStream(parameterIndex, stream);
  }

  @Override
  public void setCharacterStream(int parameterIndex, Reader reader) throws SQLException {
    raw.setCharacterStream(parameterIndex, reader);
  }

  @Override
  public void setNCharacterStream(int parameterIndex, Reader reader) throws SQLException {
    raw.setNCharacterStream(parameterIndex, reader);
  }

  @Override
  public void setObject(int parameterIndex, Object value, SQLType targetType, int number)
      throws SQLException {
    raw.setObject(parameterIndex, value, targetType, number);
  }

  @Override
  public void setObject(int parameterIndex, Object value, SQLType targetType) throws SQLException {
    raw.setObject(parameterIndex, value, targetType);
  }
}
