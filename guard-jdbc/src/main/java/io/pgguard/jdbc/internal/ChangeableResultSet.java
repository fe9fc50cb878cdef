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
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/**
 * Changes through a result: PgJDBC makes an UPDATE, INSERT or DELETE of them that names the row by
 * its key, and that is decided and logged like any other. Long only because java.sql.ResultSet has
 * some ninety such methods.
 */
abstract class ChangeableResultSet extends ChangeableByLabel {
  @Override
  public boolean rowUpdated() throws SQLException {
    return raw().rowUpdated();
  }

  @Override
  public boolean rowInserted() throws SQLException {
    return raw().rowInserted();
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    return raw().rowDeleted();
  }

  @Override
  public void updateNull(int columnIndex) throws SQLException {
    raw().updateNull(columnIndex);
  }

  @Override
  public void updateBoolean(int columnIndex, boolean value) throws SQLException {
    raw().updateBoolean(columnIndex, value);
  }

  @Override
  public void updateByte(int columnIndex, byte value) throws SQLException {
    raw().updateByte(columnIndex, value);
  }

  @Override
  public void updateShort(int columnIndex, short value) throws SQLException {
    raw().updateShort(columnIndex, value);
  }

  @Override
  public void updateInt(int columnIndex, int number) throws SQLException {
    raw().updateInt(columnIndex, number);
  }

  @Override
  public void updateLong(int columnIndex, long length) throws SQLException {
    raw().updateLong(columnIndex, length);
  }

  @Override
  public void updateFloat(int columnIndex, float value) throws SQLException {
    raw().updateFloat(columnIndex, value);
  }

  @Override
  public void updateDouble(int columnIndex, double value) throws SQLException {
    raw().updateDouble(columnIndex, value);
  }

  @Override
  public void updateBigDecimal(int columnIndex, BigDecimal value) throws SQLException {
    raw().updateBigDecimal(columnIndex, value);
  }

  @Override
  public void updateString(int columnIndex, String text) throws SQLException {
    raw().updateString(columnIndex, text);
  }

  @Override
  public void updateBytes(int columnIndex, byte[] value) throws SQLException {
    raw().updateBytes(columnIndex, value);
  }

  @Override
  public void updateDate(int columnIndex, Date value) throws SQLException {
    raw().updateDate(columnIndex, value);
  }

  @Override
  public void updateTime(int columnIndex, Time value) throws SQLException {
    raw().updateTime(columnIndex, value);
  }

  @Override
  public void updateTimestamp(int columnIndex, Timestamp value) throws SQLException {
    raw().updateTimestamp(columnIndex, value);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream stream, int number)
      throws SQLException {
    raw().updateAsciiStream(columnIndex, stream, number);
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream stream, int number)
      throws SQLException {
    raw().updateBinaryStream(columnIndex, stream, number);
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader reader, int number)
      throws SQLException {
    raw().updateCharacterStream(columnIndex, reader, number);
  }

  @Override
  public void updateObject(int columnIndex, Object value, int number) throws SQLException {
    raw().updateObject(columnIndex, value, number);
  }

  @Override
  public void updateObject(int columnIndex, Object value) throws SQLException {
    raw().updateObject(columnIndex, value);
  }

  @Override
  public void insertRow() throws SQLException {
    change(raw()::insertRow);
  }

  @Override
  public void updateRow() throws SQLException {
    change(raw()::updateRow);
  }

  @Override
  public void deleteRow() throws SQLException {
    change(raw()::deleteRow);
  }

  @Override
  public void refreshRow() throws SQLException {
    change(raw()::refreshRow);
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    raw().cancelRowUpdates();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    raw().moveToInsertRow();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    raw().moveToCurrentRow();
  }

  @Override
  public void updateRef(int columnIndex, Ref value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateBlob(int columnIndex, Blob value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateClob(int columnIndex, Clob value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateArray(int columnIndex, Array value) throws SQLException {
    raw().updateArray(columnIndex, value);
  }

  @Override
  public void updateRowId(int columnIndex, RowId value) throws SQLException {
    raw().updateRowId(columnIndex, value);
  }

  @Override
  public void updateNString(int columnIndex, String text) throws SQLException {
    raw().updateNString(columnIndex, text);
  }

  @Override
  public void updateNClob(int columnIndex, NClob value) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateSQLXML(int columnIndex, SQLXML value) throws SQLException {
    raw().updateSQLXML(columnIndex, value);
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader reader, long length)
      throws SQLException {
    raw().updateNCharacterStream(columnIndex, reader, length);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream stream, long length)
      throws SQLException {
    raw().updateAsciiStream(columnIndex, stream, length);
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream stream, long length)
      throws SQLException {
    raw().updateBinaryStream(columnIndex, stream, length);
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader reader, long length)
      throws SQLException {
    raw().updateCharacterStream(columnIndex, reader, length);
  }

  @Override
  public void updateBlob(int columnIndex, InputStream stream, long length) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateClob(int columnIndex, Reader reader, long length) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateNClob(int columnIndex, Reader reader, long length) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader reader) throws SQLException {
    raw().updateNCharacterStream(columnIndex, reader);
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream stream) throws SQLException {
    raw().updateAsciiStream(columnIndex, stream);
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream stream) throws SQLException {
    raw().updateBinaryStream(columnIndex, stream);
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader reader) throws SQLException {
    raw().updateCharacterStream(columnIndex, reader);
  }

  @Override
  public void updateBlob(int columnIndex, InputStream stream) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateClob(int columnIndex, Reader reader) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateNClob(int columnIndex, Reader reader) throws SQLException {
    throw Unsupported.largeObjects();
  }

  @Override
  public void updateObject(int columnIndex, Object value, SQLType targetType, int number)
      throws SQLException {
    raw().updateObject(columnIndex, value, targetType, number);
  }

  @Override
  public void updateObject(int columnIndex, Object value, SQLType targetType) throws SQLException {
    raw().updateObject(columnIndex, value, targetType);
  }
}
