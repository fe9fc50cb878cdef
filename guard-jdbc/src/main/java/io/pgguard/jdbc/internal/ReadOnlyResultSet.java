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
 * Refuses every change through a result: an UPDATE says what it changes, a cursor does not. Long
 * only because java.sql.ResultSet has some ninety such methods, each of which is decided here or,
 * for labels, above.
 */
abstract class ReadOnlyResultSet extends UnchangeableByLabel {

  @Override
  public boolean rowUpdated() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public boolean rowInserted() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public boolean rowDeleted() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNull(int columnIndex) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBoolean(int columnIndex, boolean value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateByte(int columnIndex, byte value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateShort(int columnIndex, short value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateInt(int columnIndex, int number) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateLong(int columnIndex, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateFloat(int columnIndex, float value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateDouble(int columnIndex, double value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBigDecimal(int columnIndex, BigDecimal value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateString(int columnIndex, String text) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBytes(int columnIndex, byte[] value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateDate(int columnIndex, Date value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateTime(int columnIndex, Time value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateTimestamp(int columnIndex, Timestamp value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream stream, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream stream, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader reader, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(int columnIndex, Object value, int number) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(int columnIndex, Object value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void insertRow() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateRow() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void deleteRow() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void refreshRow() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void cancelRowUpdates() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void moveToInsertRow() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void moveToCurrentRow() throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateRef(int columnIndex, Ref value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBlob(int columnIndex, Blob value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateClob(int columnIndex, Clob value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateArray(int columnIndex, Array value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateRowId(int columnIndex, RowId value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNString(int columnIndex, String text) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNClob(int columnIndex, NClob value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateSQLXML(int columnIndex, SQLXML value) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader reader, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream stream, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream stream, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader reader, long length)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBlob(int columnIndex, InputStream stream, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateClob(int columnIndex, Reader reader, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNClob(int columnIndex, Reader reader, long length) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNCharacterStream(int columnIndex, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateAsciiStream(int columnIndex, InputStream stream) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBinaryStream(int columnIndex, InputStream stream) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateCharacterStream(int columnIndex, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateBlob(int columnIndex, InputStream stream) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateClob(int columnIndex, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateNClob(int columnIndex, Reader reader) throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(int columnIndex, Object value, SQLType targetType, int number)
      throws SQLException {
    throw Unsupported.change();
  }

  @Override
  public void updateObject(int columnIndex, Object value, SQLType targetType) throws SQLException {
    throw Unsupported.change();
  }
}
