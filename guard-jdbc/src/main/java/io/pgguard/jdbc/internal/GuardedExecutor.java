package io.pgguard.jdbc.internal;

import io.pgguard.wording.DriverWording;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.QueryExecutor;

/**
 * What PgJDBC's own classes run statements by. All that it sends runs through the guarded session
 * anyway; here each also runs in the scope of who asks, and refusals are told as such. What is not
 * known is refused. Not thread-safe beyond what JDBC asks of a connection.
 */
final class GuardedExecutor {
  /** These send something that is decided on. */
  static final Set<String> RUN = Set.of("execute", "fetch", "processNotifies");

  /** These go round the statements that a session decides on, or round the connection's end. */
  static final Set<String> REFUSED =
      Set.of("fastpathCall", "getReplicationProtocol", "abort", "close", "getCloseAction");

  /** These say or set how PgJDBC reads and writes, and send nothing. */
  static final Set<String> PASSED =
      Set.of(
          "createSimpleQuery",
          "isReWriteBatchedInsertsEnabled",
          "getReWriteBatchedInsertsSize",
          "createQuery",
          "createQueryKey",
          "createQueryByKey",
          "borrowQueryByKey",
          "borrowQuery",
          "borrowCallableQuery",
          "borrowReturningQuery",
          "releaseQuery",
          "wrap",
          "createFastpathParameters",
          "getProtocolVersion",
          "addBinaryReceiveOid",
          "removeBinaryReceiveOid",
          "getBinaryReceiveOids",
          "setBinaryReceiveOids",
          "addBinarySendOid",
          "removeBinarySendOid",
          "getBinarySendOids",
          "setBinarySendOids",
          "useBinaryForReceive",
          "useBinaryForSend",
          "getIntegerDateTimes",
          "getHostSpec",
          "getUser",
          "getDatabase",
          "sendQueryCancel",
          "getBackendPID",
          "isClosed",
          "getServerVersion",
          "getNotifications",
          "getWarnings",
          "getServerVersionNum",
          "getTransactionState",
          "getStandardConformingStrings",
          "getQuoteReturningIdentifiers",
          "getTimeZone",
          "getEncoding",
          "getApplicationName",
          "isColumnSanitiserDisabled",
          "getEscapeSyntaxCallMode",
          "getPreferQueryMode",
          "setPreferQueryMode",
          "getAutoSave",
          "setAutoSave",
          "willHealOnRetry",
          "setFlushCacheOnDeallocate",
          "isFlushCacheOnDdl",
          "setFlushCacheOnDdl",
          "setNetworkTimeout",
          "getNetworkTimeout",
          "getParameterStatuses",
          "getParameterStatus",
          "getAdaptiveFetchSize",
          "getAdaptiveFetch",
          "setAdaptiveFetch",
          "addQueryToAdaptiveFetchCache",
          "removeQueryFromAdaptiveFetchCache",
          "hashCode",
          "equals",
          "toString");

  private GuardedExecutor() {}

  static QueryExecutor of(GuardedConnection connection, QueryExecutor raw) {
    return (QueryExecutor)
        Proxy.newProxyInstance(
            GuardedExecutor.class.getClassLoader(),
            new Class<?>[] {QueryExecutor.class},
            (proxy, method, arguments) -> call(connection, raw, method, arguments));
  }

  private static @Nullable Object call(
      GuardedConnection connection, QueryExecutor raw, Method method, Object[] arguments)
      throws Throwable {
    String name = method.getName();
    if (name.equals("startCopy")) {
      String sql = (String) arguments[0];
      boolean begins = !(boolean) arguments[1];
      return copy(connection, connection.run(sql, false, () -> raw.startCopy(sql, !begins)));
    }
    if (RUN.contains(name)) {
      connection.look();
      return connection.run(() -> sent(raw, method, arguments));
    }
    if (PASSED.contains(name)) {
      try {
        return method.invoke(raw, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
    throw refused("QueryExecutor." + name);
  }

  @SuppressWarnings("NullAway") // null is the answer of void
  private static Object sent(QueryExecutor raw, Method method, Object[] arguments)
      throws SQLException {
    try {
      return method.invoke(raw, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException sql) {
        throw sql;
      }
      throw new SQLException(String.valueOf(e.getCause()), e.getCause());
    } catch (IllegalAccessException e) {
      throw new SQLException("QueryExecutor." + method.getName(), e);
    }
  }

  private static Object copy(GuardedConnection connection, Object operation) throws SQLException {
    if (operation instanceof CopyDual) {
      throw Unsupported.feature("replication", "It would carry every row unmasked.");
    }
    if (operation instanceof CopyIn in) {
      return new GuardedCopyIn(connection, in);
    }
    return new GuardedCopyOut(connection, (CopyOut) operation);
  }

  /** For methods that declare no {@link SQLException}. */
  static UnsupportedOperationException refused(String what) {
    return new UnsupportedOperationException(
        DriverWording.UNSUPPORTED.say(what, "Use the JDBC interfaces.").message());
  }
}
