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
 * Refuses every change of a column that is named by its label. Long only because java.sql.ResultSet
 * has so many such methods.
 */
abstract class UnchangeableByLabel implements ResultSet {

  @Override
  public void updateNull(String columnLabel) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBoolean(String columnLabel, boolean value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateByte(String columnLabel, byte value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateShort(String columnLabel, short value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateInt(String columnLabel, int number) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateLong(String columnLabel, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateFloat(String columnLabel, float value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateDouble(String columnLabel, double value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBigDecimal(String columnLabel, BigDecimal value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateString(String columnLabel, String text) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBytes(String columnLabel, byte[] value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateDate(String columnLabel, Date value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateTime(String columnLabel, Time value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateTimestamp(String columnLabel, Timestamp value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream stream, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream stream, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader reader, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(String columnLabel, Object value, int number) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(String columnLabel, Object value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateRef(String columnLabel, Ref value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBlob(String columnLabel, Blob value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateClob(String columnLabel, Clob value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateArray(String columnLabel, Array value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateRowId(String columnLabel, RowId value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNString(String columnLabel, String text) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNClob(String columnLabel, NClob value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateSQLXML(String columnLabel, SQLXML value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader reader, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream stream, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream stream, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader reader, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBlob(String columnLabel, InputStream stream, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateClob(String columnLabel, Reader reader, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNClob(String columnLabel, Reader reader, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNCharacterStream(String columnLabel, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateAsciiStream(String columnLabel, InputStream stream) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBinaryStream(String columnLabel, InputStream stream) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateCharacterStream(String columnLabel, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBlob(String columnLabel, InputStream stream) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateClob(String columnLabel, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNClob(String columnLabel, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(String columnLabel, Object value, SQLType targetType, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(String columnLabel, Object value, SQLType targetType)
      throws SQLException {
    throw Unsupported.change();
  }
}
