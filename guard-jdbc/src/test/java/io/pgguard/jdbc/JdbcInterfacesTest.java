package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;

/** Each method of JDBC's interfaces is declared by our classes: a new one is a decision. */
class JdbcInterfacesTest {
  /** What a newer JDK adds as a default method that calls only methods which are ours. */
  private static final Set<String> DEFAULTS_IN_TERMS_OF_OURS =
      Set.of("enquoteLiteral", "enquoteIdentifier", "isSimpleIdentifier", "enquoteNCharLiteral");

  static Arguments[] guarded() {
    return new Arguments[] {
      Arguments.of(Connection.class, "GuardedConnection"),
      Arguments.of(Statement.class, "GuardedStatement"),
      Arguments.of(PreparedStatement.class, "GuardedPreparedStatement"),
      Arguments.of(CallableStatement.class, "GuardedCallableStatement"),
      Arguments.of(ResultSet.class, "GuardedResultSet"),
      Arguments.of(Array.class, "GuardedArray"),
      Arguments.of(PGConnection.class, "GuardedConnection"),
      Arguments.of(BaseConnection.class, "GuardedConnection"),
      Arguments.of(PGStatement.class, "GuardedStatement"),
      Arguments.of(CopyIn.class, "GuardedCopyIn"),
      Arguments.of(CopyOut.class, "GuardedCopyOut"),
    };
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void everyMethod_isDeclaredByOurs(Class<?> type, String name) throws Exception {
    Class<?> ours = Class.forName("io.pgguard.jdbc.internal." + name);
    Set<String> inherited = new TreeSet<>();
    for (Method method : type.getMethods()) {
      Class<?> declares = find(ours, method);
      if (declares == null && !DEFAULTS_IN_TERMS_OF_OURS.contains(method.getName())) {
        inherited.add(method.toString());
      }
    }
    assertEquals(Set.of(), inherited);
  }

  private static @Nullable Class<?> find(Class<?> ours, Method method) {
    for (Class<?> one = ours; one != null; one = one.getSuperclass()) {
      try {
        return one.getDeclaredMethod(method.getName(), method.getParameterTypes())
            .getDeclaringClass();
      } catch (NoSuchMethodException e) {
        continue;
      }
    }
    return null;
  }

  static Class<?>[] sources() {
    return new Class<?>[] {
      GuardDataSource.class, GuardConnectionPoolDataSource.class, GuardXADataSource.class
    };
  }

  /** A connection builder, say, would make connections that no source of ours has opened. */
  @ParameterizedTest
  @MethodSource("sources")
  void everyMethodOfSources_isOursOrRefusedByJdbcItself(Class<?> ours) {
    Set<String> inherited = new TreeSet<>();
    for (Class<?> type : ours.getInterfaces()) {
      for (Method method : type.getMethods()) {
        boolean builds = BUILDERS.contains(method.getName()); // JDBC throws that it is unsupported
        if (find(ours, method) == null && !builds) {
          inherited.add(method.toString());
        }
      }
    }
    assertEquals(Set.of(), inherited);
  }

  private static final Set<String> BUILDERS =
      Set.of(
          "createConnectionBuilder",
          "createShardingKeyBuilder",
          "createPooledConnectionBuilder",
          "createXAConnectionBuilder");

  @Test
  @SuppressWarnings("unchecked")
  void everyMethodOfPgJdbcsExecutor_isKnown() throws Exception {
    Class<?> ours = Class.forName("io.pgguard.jdbc.internal.GuardedExecutor");
    Set<String> known = new TreeSet<>(Set.of("startCopy"));
    for (String name : new String[] {"RUN", "REFUSED", "PASSED"}) {
      Field field = ours.getDeclaredField(name);
      field.setAccessible(true);
      known.addAll((Set<String>) field.get(null));
    }
    Set<String> unknown = new TreeSet<>();
    for (Method method : QueryExecutor.class.getMethods()) {
      if (!known.contains(method.getName())) {
        unknown.add(method.getName());
      }
    }
    assertEquals(Set.of(), unknown);
  }
}
