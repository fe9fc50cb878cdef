package io.pgguard.jdbc.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.testkit.TestPostgres;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.jdbc.PgConnection;

class GuardedConnectionsIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static String database;

  private final PermissiveGuard guard = new PermissiveGuard();
  private PgConnection connection;

  @BeforeAll
  static void createDatabase() throws Exception {
    database = POSTGRES.createDatabase("jdbcwire");
    POSTGRES.execute(
        database,
        "CREATE TABLE people (id int PRIMARY KEY, name text, ssn text, tags text[])",
        "INSERT INTO people SELECT g, 'n' || g, '123-45-' || g, ARRAY['a', 'b']"
            + " FROM generate_series(1, 1000) g",
        "CREATE TABLE notes (id int PRIMARY KEY, t text, at timestamptz, amount numeric)");
  }

  @AfterAll
  static void dropDatabase() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  @BeforeEach
  void open() throws Exception {
    connection = open(ServerTls.DISABLED, Map.of());
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE notes");
    }
  }

  private PgConnection open(ServerTls tls, Map<String, String> properties) throws SQLException {
    return GuardedConnections.open(
        new GuardedConnections.Target(
            POSTGRES.host(),
            POSTGRES.port(),
            database,
            POSTGRES.user(),
            POSTGRES.password(),
            tls,
            properties),
        facts -> {
          assertNotNull(facts.parameters().get("server_version"));
          return guard;
        });
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    assertTrue(guard.closed);
  }

  private long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  @Test
  void preparedStatementOverTheThreshold_answersAlikeAndIsSeenEachTime() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, name, tags FROM people WHERE id = ?")) {
      int before = guard.requests.get();
      for (int i = 1; i <= 20; i++) {
        statement.setInt(1, i);
        try (ResultSet result = statement.executeQuery()) {
          assertTrue(result.next());
          assertEquals(i, result.getInt(1)); // binary from the threshold on
          assertEquals("n" + i, result.getString(2));
          assertArrayEquals(new String[] {"a", "b"}, (String[]) result.getArray(3).getArray());
          assertFalse(result.next());
        }
      }
      assertEquals(20, guard.requests.get() - before);
    }
  }

  @Test
  void batches_runWhole() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO notes VALUES (?, ?, now(), ?)")) {
      for (int i = 0; i < 2000; i++) {
        statement.setInt(1, i);
        statement.setString(2, "t".repeat(i % 50));
        statement.setBigDecimal(3, new java.math.BigDecimal("1.5"));
        statement.addBatch();
      }
      assertEquals(2000, Arrays.stream(statement.executeBatch()).sum());
    }
    assertEquals(2000, count("notes"));
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO notes VALUES (5000)");
      statement.addBatch("INSERT INTO notes VALUES (5000)");
      assertThrows(BatchUpdateException.class, statement::executeBatch);
    }
    assertEquals(2000, count("notes"));
  }

  @Test
  void fetchSizeCursor_readsAllRows() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(7);
      int rows = 0;
      try (ResultSet result = statement.executeQuery("SELECT * FROM people ORDER BY id")) {
        while (result.next()) {
          assertEquals(++rows, result.getInt(1));
        }
      }
      assertEquals(1000, rows);
    }
    connection.commit();
  }

  @Test
  void copy_goesBothWays() throws Exception {
    CopyManager copy = connection.getCopyAPI();
    assertEquals(2, copy.copyIn("COPY notes (id, t) FROM STDIN", new StringReader("1\ta\n2\tb\n")));
    StringWriter out = new StringWriter();
    assertEquals(2, copy.copyOut("COPY (SELECT id, t FROM notes ORDER BY id) TO STDOUT", out));
    assertEquals("1\ta\n2\tb\n", out.toString());
    assertThrows(
        SQLException.class,
        () -> copy.copyIn("COPY notes (id, t) FROM STDIN", new StringReader("x\n")));
    assertEquals(2, count("notes"));
  }

  @Test
  void transactionsAndSavepoints_behave() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO notes VALUES (1)");
      Savepoint savepoint = connection.setSavepoint();
      assertThrows(SQLException.class, () -> statement.execute("SELECT 1/0"));
      connection.rollback(savepoint);
      connection.commit();
    }
    connection.setAutoCommit(true);
    assertEquals(1, count("notes"));
  }

  @Test
  void listenAndNotify_arrive() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN ch");
      POSTGRES.execute(database, "NOTIFY ch, 'hello'");
      PGNotification[] came = connection.getNotifications(10_000);
      assertEquals("hello", came[0].getParameter());
    }
  }

  @Test
  void metadataAndGeneratedKeys_work() throws Exception {
    try (ResultSet columns = connection.getMetaData().getColumns(null, null, "people", null)) {
      int count = 0;
      while (columns.next()) {
        count++;
      }
      assertEquals(4, count);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO notes (id, t) VALUES (?, 'k')", Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < 12; i++) {
        statement.setInt(1, i);
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
          assertTrue(keys.next());
          assertEquals(i, keys.getInt("id"));
        }
      }
    }
  }

  @Test
  void cancelFromAnotherThread_breaksOffWhatRuns() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement();
        Connection watcher = POSTGRES.connect(database);
        PreparedStatement watch =
            watcher.prepareStatement(
                "SELECT 1 FROM pg_stat_activity WHERE pid = ? AND wait_event = 'PgSleep'")) {
      watch.setInt(1, connection.getBackendPID());
      Future<SQLException> failed =
          threads.submit(
              () ->
                  assertThrows(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)")));
      boolean sleeping = false;
      while (!sleeping) {
        try (ResultSet result = watch.executeQuery()) {
          sleeping = result.next();
        }
      }
      statement.cancel();
      assertEquals("57014", failed.get(20, TimeUnit.SECONDS).getSQLState());
      assertEquals(1000, count("people"));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refusedStatement_isAnErrorAndTheConnectionLivesOn() throws Exception {
    guard.refused = text -> text.contains("DROP");
    try (Statement statement = connection.createStatement()) {
      SQLException refused =
          assertThrows(SQLException.class, () -> statement.execute("DROP TABLE people"));
      assertEquals("42501", refused.getSQLState());
      assertTrue(refused.toString().contains("refused by the test"), refused.toString());
      assertEquals(1000, count("people"));
      connection.setAutoCommit(false);
      statement.executeUpdate("INSERT INTO notes VALUES (1)");
      assertThrows(SQLException.class, () -> statement.execute("DROP TABLE people"));
      SQLException after =
          assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 1"));
      assertEquals("25P02", after.getSQLState());
      connection.rollback();
      connection.setAutoCommit(true);
    }
    assertEquals(0, count("notes"));
  }

  @Test
  void refusalWithinABatch_leavesTheRest() throws Exception {
    guard.refused = text -> text.contains("777");
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("INSERT INTO notes VALUES (1)");
      statement.addBatch("INSERT INTO notes VALUES (777)");
      BatchUpdateException refused =
          assertThrows(BatchUpdateException.class, statement::executeBatch);
      assertEquals("42501", refused.getSQLState());
    }
    assertEquals(0, count("notes"));
  }

  @Test
  void maskedColumns_areMaskedByEveryGetterAndTransfer() throws Exception {
    guard.masked = column -> column.hasOrigin() && column.attributeNumber() == 3;
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, ssn AS x FROM people WHERE id <= ?")) {
      for (int i = 0; i < 12; i++) {
        statement.setInt(1, 3);
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            assertEquals("***", result.getString("x"));
            assertEquals("***", result.getObject(2));
            assertArrayEquals(new byte[] {'*', '*', '*'}, result.getBytes(2));
          }
        }
      }
    }
  }

  @Test
  void overTheRowLimit_endsTheStatementOnly() throws Exception {
    guard.rowLimit = 10;
    try (Statement statement = connection.createStatement()) {
      SQLException over =
          assertThrows(
              SQLException.class,
              () -> statement.executeQuery("SELECT generate_series(1, 100000000)"));
      assertEquals("54000", over.getSQLState());
      guard.rowLimit = Integer.MAX_VALUE;
      assertEquals(1000, count("people"));
    }
  }

  @Test
  void tlsThatTheServerLacks_isSaid() {
    SQLException failed =
        assertThrows(
            SQLException.class, () -> open(new ServerTls(ServerTls.Mode.REQUIRE, null), Map.of()));
    assertTrue(String.valueOf(failed.getCause()).contains("does not offer TLS"), failed.toString());
  }

  @Test
  void aFactoryWithoutItsKey_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GuardedSocketFactory("guess"));
  }
}
