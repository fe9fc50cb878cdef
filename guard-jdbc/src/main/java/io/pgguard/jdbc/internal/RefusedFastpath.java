package io.pgguard.jdbc.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.BaseConnection;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.fastpath.FastpathArg;
import org.postgresql.largeobject.LargeObjectManager;

/**
 * Function calls that are no statements, and the large objects that are made of them: they can be
 * asked for, as frameworks do on every connection, and each use is refused.
 */
@SuppressWarnings("deprecation") // PgJDBC's own large objects are made of it
final class RefusedFastpath extends Fastpath {
  RefusedFastpath(BaseConnection connection) {
    super(connection);
  }

  /** Large objects none of which can be opened or made. */
  static LargeObjectManager largeObjects(BaseConnection connection) throws SQLException {
    return new LargeObjectManager(asksNothing(connection));
  }

  @Override
  public int getID(String function) throws SQLException {
    throw function.startsWith("lo")
        ? Unsupported.feature("large objects", "Keep the data in a bytea column.")
        : refused();
  }

  @Override
  public Object fastpath(int function, boolean integer, FastpathArg[] arguments)
      throws SQLException {
    throw refused();
  }

  @Override
  public byte[] fastpath(int function, FastpathArg[] arguments) throws SQLException {
    throw refused();
  }

  @Override
  public void addFunctions(ResultSet functions) {
    // none of them can be called
  }

  private static SQLException refused() {
    return Unsupported.feature("fast path calls", "Call the function in a SELECT.");
  }

  /** The same connection, which does not ask the server for the functions of large objects. */
  private static BaseConnection asksNothing(BaseConnection connection) {
    return proxy(
        BaseConnection.class,
        (self, method, arguments) -> {
          switch (method.getName()) {
            case "getFastpathAPI":
              return new RefusedFastpath(connection);
            case "createStatement":
              return proxy(Statement.class, (statement, called, none) -> nothing());
            default:
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
          }
        });
  }

  private static ResultSet nothing() {
    return proxy(ResultSet.class, (result, called, none) -> null);
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            RefusedFastpath.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
