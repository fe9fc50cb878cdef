package io.pgguard.jdbc.internal;

import java.sql.CallableStatement;

/**
 * A call by JDBC's escape syntax. PgJDBC makes a SELECT or CALL of it, which is decided, logged and
 * masked like any other.
 */
final class GuardedCallableStatement extends CallableOutputs {
  GuardedCallableStatement(GuardedConnection connection, String sql, CallableStatement raw) {
    super(connection, sql, raw);
  }
}
