package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Properties of PgJDBC, what resets a session, and calls, as applications use them. */
class PropertiesIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("properties", directory);
    database.policy(
        GuardedDatabase.POLICY
            .replace(
                "\"public.open_customers()\",",
                "\"public.open_customers()\", \"public.doubled(*)\", \"public.swap(*)\","
                    + " \"public.contact(*)\",")
            .replace("kind: [select,", "kind: [call, select,"));
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE SCHEMA app",
            "GRANT USAGE ON SCHEMA app TO " + database.agent(),
            "CREATE TABLE app.apples (n int)",
            "GRANT ALL ON app.apples TO " + database.agent(),
            "CREATE FUNCTION doubled(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2'",
            "CREATE PROCEDURE swap(INOUT a int, INOUT b int) LANGUAGE plpgsql AS"
                + " 'DECLARE c int := a; BEGIN a := b; b := c; END'",
            "CREATE FUNCTION contact(who int, OUT mail text) LANGUAGE sql AS"
                + " 'SELECT email FROM customers WHERE id = who'");
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static Connection open(String name, String value) throws SQLException {
    return database.connect(Map.of(name, value));
  }

  @Test
  void currentSchema_isWhereNamesAreLookedFor() throws Exception {
    try (Connection connection = open("currentSchema", "app, public")) {
      assertEquals("0", GuardedDatabase.first(connection, "SELECT count(*) FROM apples"));
      assertEquals("app", connection.getSchema());
    }
    SQLException e =
        assertThrows(SQLException.class, () -> open("currentSchema", "pg_temp, public").close());
    assertEquals("42501", e.getSQLState(), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode, prefer",
    "sslmode, disable",
    "gssEncMode, prefer",
    "assumeMinServerVersion, 9.4",
    "targetServerType, primary",
    "targetServerType, preferSecondary",
    "queryTimeout, 7",
    "loadBalanceHosts, true",
  })
  void properties_thatDoNotWeaken_pass(String name, String value) throws Exception {
    try (Connection connection = open(name, value);
        var statement = connection.createStatement()) {
      assertEquals(
          "*******0001",
          GuardedDatabase.first(connection, "SELECT ssn FROM customers WHERE id = 1"));
      assertEquals(name.equals("queryTimeout") ? 7 : 0, statement.getQueryTimeout());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode, verify-full, asks for more than database.tls",
    "ssl, true, asks for more than database.tls",
    "sslmode, sometimes, sslmode is one of",
    "gssEncMode, require, GSSAPI",
    "targetServerType, secondary, none of the servers",
    "targetServerType, best, targetServerType is any",
  })
  void properties_thatCannotBeKept_areTold(String name, String value, String words) {
    SQLException e = assertThrows(SQLException.class, () -> open(name, value).close());
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void serverThatIsAway_isFollowedByTheNext() throws Exception {
    int free;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = taken.getLocalPort();
    }
    String url = database.url().replaceFirst("//", "//127.0.0.1:" + free + ",");
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "ana@example.com");
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    }
  }

  @ParameterizedTest
  @CsvSource({"RESET ALL", "DISCARD ALL"})
  void sessionThatIsReset_isAsItBegan(String reset) throws Exception {
    try (Connection connection = open("prepareThreshold", "1");
        PreparedStatement prepared =
            connection.prepareStatement("SELECT email FROM customers WHERE id = ?")) {
      GuardedDatabase.run(connection, "SET search_path TO app", "SET search_path TO public");
      for (String text : new String[] {"SELECT 1", reset, "SELECT 2"}) {
        GuardedDatabase.run(connection, text);
        prepared.setInt(1, 1);
        try (ResultSet result = prepared.executeQuery()) {
          assertTrue(result.next());
          assertEquals("a***@mail.example", result.getString(1));
        }
      }
      assertEquals("1s", GuardedDatabase.first(connection, "SHOW statement_timeout"));
    }
  }

  @Test
  void calls_ofFunctionsAndProcedures_bringTheirOutputs() throws Exception {
    Map<String, String> mode = Map.of("escapeSyntaxCallMode", "callIfNoReturn");
    try (Connection connection = database.connect(mode)) {
      try (CallableStatement call = connection.prepareCall("{? = call doubled(?)}")) {
        call.registerOutParameter(1, Types.INTEGER);
        call.setInt(2, 21);
        call.execute();
        assertEquals(42, call.getInt(1));
      }
      try (CallableStatement call = connection.prepareCall("{call swap(?, ?)}")) {
        call.setInt(1, 1);
        call.setInt(2, 2);
        call.registerOutParameter(1, Types.INTEGER);
        call.registerOutParameter(2, Types.INTEGER);
        call.execute();
        assertEquals(2, call.getInt(1));
        assertEquals(1, call.getInt(2));
      }
      assertEquals("ABC", GuardedDatabase.first(connection, "SELECT {fn ucase('abc')}"));
      assertEquals(
          "2026-01-02", GuardedDatabase.first(connection, "SELECT ({d '2026-01-02'})::text"));
    }
  }

  @Test
  void call_whoseOutputIsProtected_showsNoValue() throws Exception {
    try (Connection connection = database.connect();
        CallableStatement call = connection.prepareCall("{? = call contact(?)}")) {
      call.registerOutParameter(1, Types.VARCHAR);
      call.setInt(2, 1);
      String shown;
      try {
        call.execute();
        shown = call.getString(1);
      } catch (StatementRefusedException e) {
        shown = String.valueOf(e.getMessage());
      }
      assertTrue(!shown.contains(GuardedDatabase.EMAIL), shown);
    }
  }
}
