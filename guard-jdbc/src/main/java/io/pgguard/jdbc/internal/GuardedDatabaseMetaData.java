package io.pgguard.jdbc.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;

/**
 * Metadata whose connection and results are the guarded ones. The queries behind it run on the
 * guarded connection, so the policy decides on them as on any other.
 */
final class GuardedDatabaseMetaData {
  private GuardedDatabaseMetaData() {}

  static DatabaseMetaData of(GuardedConnection connection, DatabaseMetaData raw) {
    return (DatabaseMetaData)
        Proxy.newProxyInstance(
            GuardedDatabaseMetaData.class.getClassLoader(),
            new Class<?>[] {DatabaseMetaData.class},
            (proxy, method, arguments) -> call(connection, raw, proxy, method, arguments));
  }

  private static Object call(
      GuardedConnection connection,
      DatabaseMetaData raw,
      Object proxy,
      Method method,
      Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "getConnection":
        return connection;
      case "getURL":
        return connection.url();
      case "unwrap":
        return Unwrapping.of(proxy, (Class<?>) arguments[0]);
      case "isWrapperFor":
        return ((Class<?>) arguments[0]).isInstance(proxy);
      case "equals":
        return proxy == arguments[0];
      case "hashCode":
        return System.identityHashCode(proxy);
      default:
        return plain(connection, raw, method, arguments);
    }
  }

  private static Object plain(
      GuardedConnection connection, DatabaseMetaData raw, Method method, Object[] arguments)
      throws Throwable {
    Class<?> type = method.getReturnType();
    boolean value = type.isPrimitive() || type == String.class || type == RowIdLifetime.class;
    if (!value && type != ResultSet.class) {
      throw Unsupported.feature("DatabaseMetaData." + method.getName(), "Query pg_catalog.");
    }
    Object answer =
        connection.run(
            () -> {
              try {
                return method.invoke(raw, arguments);
              } catch (InvocationTargetException e) {
                throw asSqlException(e);
              } catch (IllegalAccessException e) {
                throw new SQLException("DatabaseMetaData." + method.getName(), e);
              }
            });
    return answer instanceof ResultSet result
        ? new GuardedResultSet(null, connection, result)
        : answer;
  }

  private static SQLException asSqlException(InvocationTargetException e) {
    return e.getCause() instanceof SQLException sql
        ? sql
        : new SQLException(String.valueOf(e.getCause()), e.getCause());
  }
}
