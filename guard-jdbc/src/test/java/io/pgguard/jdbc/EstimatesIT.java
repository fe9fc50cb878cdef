package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.Answer;
import io.pgguard.identity.Principal;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the planner expects is asked in the session that runs the statement, before it does. */
class EstimatesIT {
  private static final Principal DORA =
      new Principal("dora@example.com", Set.of("dba"), null, null);

  private static final String POLICY =
      """
      version: 1
      mode: enforce
      inference: allow
      rules:
        - { id: many,  when: { estimatedRows: { over: 500 } }, then: deny, message: "Ask for less." }
        - { id: asked, when: { principal: { agents: [asker] }, estimatedRows: { over: 300 } },
            then: approve, by: { groups: [dba], count: 1 }, within: 15m }
        - { id: some,  when: { principal: { agents: [small] }, estimatedRows: { over: 5 } },
            then: allow, maxRows: 7 }
        - { id: all,   when: {}, then: allow }
      otherwise: deny
      limits: { estimatedCost: 5000 }
      """;

  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("estimates", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE big (id int PRIMARY KEY, v int)",
            "INSERT INTO big SELECT g, g % 7 FROM generate_series(1, 1000) g",
            "ANALYZE",
            "GRANT ALL ON big TO " + database.agent(),
            "GRANT TEMPORARY ON DATABASE " + database.database() + " TO " + database.agent());
    database.policy(POLICY);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private static int rows(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int count = 0;
      while (result.next()) {
        count++;
      }
      return count;
    }
  }

  private StatementRefusedException refused(String sql) {
    return assertThrows(
        StatementRefusedException.class,
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        },
        sql);
  }

  @Test
  void few_run() throws Exception {
    assertEquals(50, rows(connection, "SELECT * FROM big WHERE id <= 50"));
    assertEquals(4, GuardedDatabase.update(connection, "UPDATE big SET v = 1 WHERE id <= 4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM big",
        "  /* a */ SELECT id FROM big; ",
        "UPDATE big SET v = 1 WHERE id > 0",
        "WITH gone AS (DELETE FROM big WHERE id > 3 RETURNING id) SELECT 1 FROM gone LIMIT 1",
        "SELECT * INTO TEMP copied FROM big",
        "CREATE TEMP TABLE copied AS SELECT * FROM big",
        "EXPLAIN ANALYZE SELECT * FROM big",
        "COPY (SELECT * FROM big) TO STDOUT",
        "(SELECT id FROM big) UNION ALL SELECT 1",
        "VALUES (1); SELECT * FROM big"
      })
  void many_areRefusedBeforeTheyRun(String sql) throws Exception {
    String before = database.truth("SELECT sum(id) || ' ' || sum(v) FROM big");
    StatementRefusedException e = refused(sql);
    assertTrue(String.valueOf(e.getMessage()).contains("rule many"), e.getMessage());
    assertEquals(before, database.truth("SELECT sum(id) || ' ' || sum(v) FROM big"));
    assertEquals(1, rows(connection, "SELECT 1"));
  }

  @Test
  void cursor_isPlannedWhenItIsDeclared() throws Exception {
    connection.setAutoCommit(false);
    assertTrue(
        String.valueOf(refused("DECLARE c CURSOR FOR SELECT * FROM big").getMessage())
            .contains("rule many"));
    connection.rollback();
    try (Statement statement = connection.createStatement()) {
      statement.execute("DECLARE c CURSOR FOR SELECT * FROM big WHERE id <= 9");
    }
    assertEquals(9, rows(connection, "FETCH ALL FROM c"));
    connection.rollback();
  }

  @Test
  void values_decide() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM big WHERE id <= ?")) {
      for (int round = 0; round < 7; round++) {
        statement.setInt(1, 20);
        statement.executeQuery().close();
        statement.setInt(1, 900);
        assertThrows(StatementRefusedException.class, statement::executeQuery);
      }
    }
  }

  @Test
  void execute_isPlannedByItsValues() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PREPARE p (int) AS SELECT * FROM big WHERE id <= $1");
    }
    assertEquals(8, rows(connection, "EXECUTE p (8)"));
    refused("EXECUTE p (999)");
    refused("EXECUTE p (length('12345678'))"); // its value is not known before it runs
  }

  @Test
  void temporaryTable_isKnownWhereItIs() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE mine (id int)");
      statement.execute("INSERT INTO mine SELECT g FROM generate_series(1, 400) g");
      statement.execute("INSERT INTO mine SELECT g FROM generate_series(401, 800) g");
      statement.execute("ANALYZE mine");
    }
    refused("SELECT * FROM mine");
    assertEquals(10, rows(connection, "SELECT * FROM mine LIMIT 10"));
  }

  @Test
  void settingsOfTheSession_hold() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE big AS SELECT 1 AS id");
      statement.execute("ANALYZE big");
    }
    assertEquals(1, rows(connection, "SELECT * FROM big"), "the session's own");
    refused("SELECT * FROM public.big");
  }

  @Test
  void refusedInATransaction_failsIt() throws Exception {
    connection.setAutoCommit(false);
    GuardedDatabase.update(connection, "UPDATE big SET v = 77 WHERE id = 1");
    refused("SELECT * FROM big");
    SQLException failed =
        assertThrows(SQLException.class, () -> rows(connection, "SELECT * FROM big LIMIT 1"));
    assertEquals("25P02", failed.getSQLState());
    connection.rollback();
    assertEquals(10, rows(connection, "SELECT * FROM big LIMIT 10"));
    connection.rollback();
    assertEquals("0", database.truth("SELECT count(*) FROM big WHERE v = 77"));
  }

  @Test
  void askedInATransaction_leavesItAsItIs() throws Exception {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      try (ResultSet result = statement.executeQuery("SELECT * FROM big WHERE id <= 95")) {
        int count = 0;
        while (result.next()) {
          count++;
        }
        assertEquals(95, count);
      }
      statement.execute("SAVEPOINT a");
      assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 1 / 0 FROM big"));
      statement.execute("ROLLBACK TO a");
      assertEquals(1, rows(connection, "SELECT 1"));
    }
    connection.commit();
  }

  @Test
  void batch_isUndoneWhereOneOfItIsTooMuch() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("UPDATE big SET v = 66 WHERE id = 2");
      statement.addBatch("UPDATE big SET v = 66 WHERE id > 2");
      assertThrows(BatchUpdateException.class, statement::executeBatch);
    }
    assertEquals("0", database.truth("SELECT count(*) FROM big WHERE v = 66 AND id > 2"));
    assertEquals(1, rows(connection, "SELECT 1"));
  }

  @Test
  void errorsOfTheStatementItself_areTheServers() {
    SQLException unknown =
        assertThrows(SQLException.class, () -> rows(connection, "SELECT nothing FROM big"));
    assertEquals("42703", unknown.getSQLState());
    assertFalse(unknown instanceof StatementRefusedException, unknown.getMessage());
    SQLException planned = assertThrows(SQLException.class, () -> rows(connection, "SELECT 1 / 0"));
    assertEquals("22012", planned.getSQLState());
  }

  @Test
  void ruleThatAllows_boundsTheRowsByWhatIsExpected() throws Exception {
    try (Connection small = database.connect(Map.of("guard.agent", "small"))) {
      assertEquals(4, rows(small, "SELECT * FROM big WHERE id <= 4"));
      SQLException over =
          assertThrows(SQLException.class, () -> rows(small, "SELECT * FROM big WHERE id <= 90"));
      assertEquals("54000", over.getSQLState());
    }
  }

  @Test
  void heldByWhatIsExpected_runsOnceWhenGranted() throws Exception {
    database.config("1ms");
    try (Connection asker = database.connect(Map.of("guard.agent", "asker"))) {
      String sql = "SELECT * FROM big WHERE id <= 400";
      String id = held(asker, sql);
      assertInstanceOf(Answer.Granted.class, database.guard().approvals().approve(id, DORA, null));
      assertEquals(400, rows(asker, sql));
      assertNotEquals(id, held(asker, sql));
      assertEquals(200, rows(asker, "SELECT * FROM big WHERE id <= 200"));
    }
    assertFalse(database.logged("StatementStopped", "\"outcome\":\"approve\"").isEmpty());
  }

  private static String held(Connection on, String sql) {
    return assertThrows(StatementHeldException.class, () -> rows(on, sql)).approvalRequestId();
  }

  @Test
  void pricesOfThePlanner_cannotBeSetWhereThePolicyGoesByThem() throws Exception {
    assertTrue(
        String.valueOf(refused("SET seq_page_cost = 0").getMessage()).contains("guard.setting"));
    refused("SELECT set_config('cpu_tuple_cost', '0', false)");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET enable_seqscan = off");
      statement.execute("RESET enable_seqscan");
    }
  }
}
