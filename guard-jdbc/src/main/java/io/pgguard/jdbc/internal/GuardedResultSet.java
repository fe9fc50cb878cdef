package io.pgguard.jdbc.internal;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result whose rows were masked before PgJDBC saw them; it never leads back to an unguarded
 * object.
 */
final class GuardedResultSet extends ResultSetCursor {
  private final @Nullable Statement statement;
  private final GuardedConnection connection;
  private final ResultSet result;

  GuardedResultSet(@Nullable Statement statement, GuardedConnection connection, ResultSet result) {
    this.statement = statement;
    this.connection = connection;
    this.result = result;
  }

  @Override
  ResultSet raw() {
    return result;
  }

  @Override
  void change(Change change) throws SQLException {
    connection.run(
        () -> {
          change.run();
          return true;
        });
  }

  /** Rows may be fetched here, and the fetch be refused. */
  @Override
  public boolean next() throws SQLException {
    try {
      return result.next();
    } catch (SQLException e) {
      throw connection.told(e);
    }
  }

  @Override
  public void close() throws SQLException {
    result.close();
  }

  @Override
  @SuppressWarnings("NullAway") // JDBC allows null for a result that no statement made
  public Statement getStatement() {
    return statement;
  }

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    return result.getMetaData();
  }

  @Override
  public Object getObject(int columnIndex) throws SQLException {
    return fetched(() -> result.getObject(columnIndex));
  }

  @Override
  public Object getObject(String columnLabel) throws SQLException {
    return fetched(() -> result.getObject(columnLabel));
  }

  @Override
  public <T> T getObject(int columnIndex, Class<T> type) throws SQLException {
    return type.cast(fetched(() -> result.getObject(columnIndex, type)));
  }

  @Override
  public <T> T getObject(String columnLabel, Class<T> type) throws SQLException {
    return getObject(findColumn(columnLabel), type);
  }

  @Override
  public Object getObject(int columnIndex, Map<String, Class<?>> types) throws SQLException {
    return fetched(() -> result.getObject(columnIndex, types));
  }

  @Override
  public Object getObject(String columnLabel, Map<String, Class<?>> types) throws SQLException {
    return getObject(findColumn(columnLabel), types);
  }

  @Override
  public Array getArray(int columnIndex) throws SQLException {
    return (Array) guarded(result.getArray(columnIndex));
  }

  @Override
  public Array getArray(String columnLabel) throws SQLException {
    return getArray(findColumn(columnLabel));
  }

  /** A refcursor is read by a statement of PgJDBC's own, which may be refused. */
  @SuppressWarnings("NullAway") // SQL NULL is Java null
  private Object fetched(ConnectionTransactions.Action<@Nullable Object> action)
      throws SQLException {
    try {
      return guarded(action.run());
    } catch (SQLException e) {
      throw connection.told(e);
    }
  }

  /** A refcursor's result and an array lead back to PgJDBC's statement, so they are wrapped. */
  @SuppressWarnings("NullAway") // SQL NULL is Java null
  private Object guarded(@Nullable Object value) {
    if (value instanceof ResultSet cursor) {
      return new GuardedResultSet(statement, connection, cursor);
    }
    return value instanceof Array array ? new GuardedArray(connection, array) : value;
  }

  @Override
  public Ref getRef(int columnIndex) throws SQLException {
    throw Unsupported.feature("references", "PostgreSQL has none.");
  }

  @Override
  public Ref getRef(String columnLabel) throws SQLException {
    throw Unsupported.feature("references", "PostgreSQL has none.");
  }

  @Override
  public Blob getBlob(int columnIndex) throws SQLException {
    throw largeObjects();
  }

  @Override
  public Blob getBlob(String columnLabel) throws SQLException {
    throw largeObjects();
  }

  @Override
  public Clob getClob(int columnIndex) throws SQLException {
    throw largeObjects();
  }

  @Override
  public Clob getClob(String columnLabel) throws SQLException {
    throw largeObjects();
  }

  @Override
  public NClob getNClob(int columnIndex) throws SQLException {
    throw largeObjects();
  }

  @Override
  public NClob getNClob(String columnLabel) throws SQLException {
    throw largeObjects();
  }

  private static SQLException largeObjects() {
    return Unsupported.feature("large objects", "Use getBytes, getString or a stream getter.");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Unwrapping.of(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
