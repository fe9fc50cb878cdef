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
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** What a call gave back, by name: as {@link CallableGetters}, as far as PgJDBC knows names. */
abstract class CallableByName extends CallableGetters {
  CallableByName(GuardedConnection connection, String sql, CallableStatement raw) {
    super(connection, sql, raw);
  }

  @Override
  public String getString(String parameterName) throws SQLException {
    return raw.getString(parameterName);
  }

  @Override
  public boolean getBoolean(String parameterName) throws SQLException {
    return raw.getBoolean(parameterName);
  }

  @Override
  public byte getByte(String parameterName) throws SQLException {
    return raw.getByte(parameterName);
  }

  @Override
  public short getShort(String parameterName) throws SQLException {
    return raw.getShort(parameterName);
  }

  @Override
  public int getInt(String parameterName) throws SQLException {
    return raw.getInt(parameterName);
  }

  @Override
  public long getLong(String parameterName) throws SQLException {
    return raw.getLong(parameterName);
  }

  @Override
  public float getFloat(String parameterName) throws SQLException {
    return raw.getFloat(parameterName);
  }

  @Override
  public double getDouble(String parameterName) throws SQLException {
    return raw.getDouble(parameterName);
  }

  @Override
  public byte[] getBytes(String parameterName) throws SQLException {
    return raw.getBytes(parameterName);
  }

  @Override
  public Date getDate(String parameterName) throws SQLException {
    return raw.getDate(parameterName);
  }

  @Override
  public Time getTime(String parameterName) throws SQLException {
    return raw.getTime(parameterName);
  }

  @Override
  public Timestamp getTimestamp(String parameterName) throws SQLException {
    return raw.getTimestamp(parameterName);
  }

  @Override
  public Object getObject(String parameterName) throws SQLException {
    return guarded(raw.getObject(parameterName));
  }

  @Override
  public BigDecimal getBigDecimal(String parameterName) throws SQLException {
    return raw.getBigDecimal(parameterName);
  }

  @Override
  public Object getObject(String parameterName, Map<String, Class<?>> types) throws SQLException {
    return guarded(raw.getObject(parameterName, types));
  }

  @Override
  public Ref getRef(String parameterName) throws SQLException {
    throw Unsupported.feature("references", "PostgreSQL has none.");
  }

  @Override
  public Blob getBlob(String parameterName) throws SQLException {
    throw Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public Clob getClob(String parameterName) throws SQLException {
    throw Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public Array getArray(String parameterName) throws SQLException {
    return (Array) guarded(raw.getArray(parameterName));
  }

  @Override
  public Date getDate(String parameterName, Calendar calendar) throws SQLException {
    return raw.getDate(parameterName, calendar);
  }

  @Override
  public Time getTime(String parameterName, Calendar calendar) throws SQLException {
    return raw.getTime(parameterName, calendar);
  }

  @Override
  public Timestamp getTimestamp(String parameterName, Calendar calendar) throws SQLException {
    return raw.getTimestamp(parameterName, calendar);
  }

  @Override
  public URL getURL(String parameterName) throws SQLException {
    return raw.getURL(parameterName);
  }

  @Override
  public RowId getRowId(String parameterName) throws SQLException {
    return raw.getRowId(parameterName);
  }

  @Override
  public NClob getNClob(String parameterName) throws SQLException {
    throw Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public SQLXML getSQLXML(String parameterName) throws SQLException {
    return raw.getSQLXML(parameterName);
  }

  @Override
  public String getNString(String parameterName) throws SQLException {
    return raw.getNString(parameterName);
  }

  @Override
  public Reader getNCharacterStream(String parameterName) throws SQLException {
    return raw.getNCharacterStream(parameterName);
  }

  @Override
  public Reader getCharacterStream(String parameterName) throws SQLException {
    return raw.getCharacterStream(parameterName);
  }

  @Override
  public <T> T getObject(String parameterName, Class<T> type) throws SQLException {
    return type.cast(guarded(raw.getObject(parameterName, type)));
  }
}
