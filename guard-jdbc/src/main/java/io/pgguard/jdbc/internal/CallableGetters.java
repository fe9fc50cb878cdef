package io.pgguard.jdbc.internal;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call gave back, by number: the row was masked before PgJDBC saw it. */
abstract class CallableGetters extends CallableSetters {
  CallableGetters(GuardedConnection connection, String sql, CallableStatement raw) {
    super(connection, sql, raw);
  }

  @Override
  public boolean wasNull() throws SQLException {
    return raw.wasNull();
  }

  @Override
  public String getString(int parameterIndex) throws SQLException {
    return raw.getString(parameterIndex);
  }

  @Override
  public boolean getBoolean(int parameterIndex) throws SQLException {
    return raw.getBoolean(parameterIndex);
  }

  @Override
  public byte getByte(int parameterIndex) throws SQLException {
    return raw.getByte(parameterIndex);
  }

  @Override
  public short getShort(int parameterIndex) throws SQLException {
    return raw.getShort(parameterIndex);
  }

  @Override
  public int getInt(int parameterIndex) throws SQLException {
    return raw.getInt(parameterIndex);
  }

  @Override
  public long getLong(int parameterIndex) throws SQLException {
    return raw.getLong(parameterIndex);
  }

  @Override
  public float getFloat(int parameterIndex) throws SQLException {
    return raw.getFloat(parameterIndex);
  }

  @Override
  public double getDouble(int parameterIndex) throws SQLException {
    return raw.getDouble(parameterIndex);
  }

  @Deprecated
  @Override
  public BigDecimal getBigDecimal(int parameterIndex, int scale) throws SQLException {
    return raw.getBigDecimal(parameterIndex, scale);
  }

  @Override
  public byte[] getBytes(int parameterIndex) throws SQLException {
    return raw.getBytes(parameterIndex);
  }

  @Override
  public Date getDate(int parameterIndex) throws SQLException {
    return raw.getDate(parameterIndex);
  }

  @Override
  public Time getTime(int parameterIndex) throws SQLException {
    return raw.getTime(parameterIndex);
  }

  @Override
  public Timestamp getTimestamp(int parameterIndex) throws SQLException {
    return raw.getTimestamp(parameterIndex);
  }

  @Override
  public Object getObject(int parameterIndex) throws SQLException {
    return guarded(raw.getObject(parameterIndex));
  }

  @Override
  public BigDecimal getBigDecimal(int parameterIndex) throws SQLException {
    return raw.getBigDecimal(parameterIndex);
  }

  @Override
  public Object getObject(int parameterIndex, Map<String, Class<?>> types) throws SQLException {
    return guarded(raw.getObject(parameterIndex, types));
  }

  @Override
  public Ref getRef(int parameterIndex) throws SQLException {
    throw Unsupported.feature("references", "PostgreSQL has none.");
  }

  @Override
  public Blob getBlob(int parameterIndex) throws SQLException {
    throw Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public Clob getClob(int parameterIndex) throws SQLException {
    throw Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public Array getArray(int parameterIndex) throws SQLException {
    return (Array) guarded(raw.getArray(parameterIndex));
  }

  @Override
  public Date getDate(int parameterIndex, Calendar calendar) throws SQLException {
    return raw.getDate(parameterIndex, calendar);
  }

  @Override
  public Time getTime(int parameterIndex, Calendar calendar) throws SQLException {
    return raw.getTime(parameterIndex, calendar);
  }

  @Override
  public Timestamp getTimestamp(int parameterIndex, Calendar calendar) throws SQLException {
    return raw.getTimestamp(parameterIndex, calendar);
  }

  @Override
  public URL getURL(int parameterIndex) throws SQLException {
    return raw.getURL(parameterIndex);
  }

  @Override
  public RowId getRowId(int parameterIndex) throws SQLException {
    return raw.getRowId(parameterIndex);
  }

  @Override
  public NClob getNClob(int parameterIndex) throws SQLException {
    throw Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public SQLXML getSQLXML(int parameterIndex) throws SQLException {
    return raw.getSQLXML(parameterIndex);
  }

  @Override
  public String getNString(int parameterIndex) throws SQLException {
    return raw.getNString(parameterIndex);
  }

  @Override
  public Reader getNCharacterStream(int parameterIndex) throws SQLException {
    return raw.getNCharacterStream(parameterIndex);
  }

  @Override
  public Reader getCharacterStream(int parameterIndex) throws SQLException {
    return raw.getCharacterStream(parameterIndex);
  }

  @Override
  public <T> T getObject(int parameterIndex, Class<T> type) throws SQLException {
    return type.cast(guarded(raw.getObject(parameterIndex, type)));
  }

  /** A refcursor's result and an array lead back to PgJDBC's statement, so they are wrapped. */
  @SuppressWarnings("NullAway") // SQL NULL is Java null
  final Object guarded(@Nullable Object value) {
    if (value instanceof ResultSet cursor) {
      return new GuardedResultSet(this, connection(), cursor);
    }
    return value instanceof Array array ? new GuardedArray(connection(), array) : value;
  }
}
