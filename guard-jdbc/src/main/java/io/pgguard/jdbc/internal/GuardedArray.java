package io.pgguard.jdbc.internal;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** An array value whose results are guarded ones. */
final class GuardedArray implements Array {
  private final GuardedConnection connection;
  private final Array array;

  GuardedArray(GuardedConnection connection, Array array) {
    this.connection = connection;
    this.array = array;
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return array.getBaseTypeName();
  }

  @Override
  public int getBaseType() throws SQLException {
    return array.getBaseType();
  }

  @Override
  public Object getArray() throws SQLException {
    return array.getArray();
  }

  @Override
  public Object getArray(Map<String, Class<?>> types) throws SQLException {
    return array.getArray(types);
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return array.getArray(index, count);
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> types) throws SQLException {
    return array.getArray(index, count, types);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return guarded(array.getResultSet());
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> types) throws SQLException {
    return guarded(array.getResultSet(types));
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return guarded(array.getResultSet(index, count));
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> types)
      throws SQLException {
    return guarded(array.getResultSet(index, count, types));
  }

  private ResultSet guarded(ResultSet result) {
    return new GuardedResultSet(null, connection, result);
  }

  @Override
  public void free() throws SQLException {
    array.free();
  }

  @Override
  public String toString() {
    return array.toString();
  }
}
