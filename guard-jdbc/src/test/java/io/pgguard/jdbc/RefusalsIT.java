package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** What is refused is an ordinary error: nothing of it runs, and the connection lives on. */
class RefusalsIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("refusals", directory);
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

  private StatementRefusedException refused(String sql) {
    return assertThrows(
        StatementRefusedException.class, () -> GuardedDatabase.update(connection, sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MERGE INTO notes USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE",
        "MERGE INTO notes USING (SELECT 1) one ON true WHEN MATCHED THEN UPDATE SET body = ''",
        "INSERT INTO notes (id, body) SELECT id, '' FROM notes ON CONFLICT (id) DO UPDATE SET body = ''"
      })
  void changeOfEveryRow_isUnboundedWithoutAWhereToo(String sql) throws SQLException {
    GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('one'), ('two')");
    assertTrue(String.valueOf(refused(sql).getMessage()).contains("unbounded"), sql);
    GuardedDatabase.update(
        connection,
        "INSERT INTO notes (id, body) SELECT id, '' FROM notes WHERE id = 1"
            + " ON CONFLICT (id) DO UPDATE SET body = 'three'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          no-drop         | DROP TABLE notes
          no-drop         | dRoP/**/tAbLe notes
          no-drop         | TRUNCATE notes
          unbounded       | DELETE FROM notes
          unbounded       | DELETE FROM notes WHERE 1 = 1
          unbounded       | UPDATE notes SET body = ''
          unbounded       | WITH d AS (DELETE FROM notes RETURNING *) SELECT * FROM d
          unbounded       | EXPLAIN ANALYZE DELETE FROM notes
          guard.otherwise | CREATE TABLE t (a int)
          guard.otherwise | PREPARE TRANSACTION 'x'
          guard.otherwise | DO $$ BEGIN END $$
          guard.setting   | SET ROLE postgres
          guard.setting   | DISCARD PLANS
          guard.setting   | SET SESSION AUTHORIZATION postgres
          guard.setting   | SET search_path = pg_temp, public
          guard.setting   | SET standard_conforming_strings = off
          guard.setting   | SET client_min_messages = debug5
          guard.function  | SELECT set_config('role', 'postgres', false)
          guard.function  | SELECT set_config('search_path', 'public, pg_catalog', false)
          guard.inference | SELECT id FROM customers WHERE ssn LIKE '901%'
          guard.carries   | INSERT INTO notes (body) SELECT ssn FROM customers WHERE id = 1
          guard.server-file | COPY notes TO '/tmp/notes'
          """)
  void refused_withTheRuleAndTheConnectionLivesOn(String rule, String sql) throws Exception {
    StatementRefusedException e = refused(sql);
    assertEquals("42501", e.getSQLState());
    assertTrue(String.valueOf(e.getMessage()).contains("(rule " + rule + ")"), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("Hint: "), e.getMessage());
    assertTrue(e.approvalRequestId().isEmpty());
    assertEquals(rule, e.rule().orElseThrow());
    assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
  }

  @Test
  void message_carriesThePolicysOwnWords() {
    assertTrue(
        String.valueOf(refused("DROP TABLE notes").getMessage())
            .contains("Ask in the DBA channel."));
  }

  @Test
  void insideATransaction_failsItAndCommitRollsBack() throws Exception {
    connection.setAutoCommit(false);
    GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('in a transaction')");
    refused("DROP TABLE notes");
    SQLException failed =
        assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, "SELECT 1"));
    assertEquals("25P02", failed.getSQLState());
    try {
      connection.commit();
    } catch (SQLException e) {
      assertEquals("25P02", e.getSQLState()); // PgJDBC says that the COMMIT rolled back
    }
    assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    connection.rollback();
    assertEquals("0", database.truth("SELECT count(*) FROM notes WHERE body = 'in a transaction'"));
  }

  @Test
  void savepoint_savesWhatWasBeforeTheRefusal() throws Exception {
    connection.setAutoCommit(false);
    GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('before')");
    var savepoint = connection.setSavepoint("s1");
    refused("DROP TABLE notes");
    connection.rollback(savepoint);
    connection.commit();
    assertEquals("1", database.truth("SELECT count(*) FROM notes WHERE body = 'before'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO notes (body) VALUES ('half'); DROP TABLE notes",
        "INSERT INTO notes (body) VALUES ('half'); COMMIT; DELETE FROM notes",
        "DROP TABLE notes; INSERT INTO notes (body) VALUES ('half')"
      })
  void severalStatements_decidedAsAWhole(String sql) throws Exception {
    refused(sql);
    assertEquals("0", database.truth("SELECT count(*) FROM notes WHERE body = 'half'"));
  }

  @Test
  void batchWithARefusedStatement_refusedAndNothingOfItStays() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("DROP TABLE notes");
      statement.addBatch("INSERT INTO notes (body) VALUES ('in a batch')");
      SQLException e = assertThrows(SQLException.class, statement::executeBatch);
      assertEquals("42501", e.getSQLState());
      assertTrue(String.valueOf(e.getMessage()).contains("(rule no-drop)"), e.getMessage());
    }
    assertEquals("0", database.truth("SELECT count(*) FROM notes WHERE body = 'in a batch'"));
  }

  @Test
  void refusedText_isLoggedAndNeverReachesTheServer() throws Exception {
    refused("DROP /* logged-refusal */ TABLE notes");
    assertEquals(1, database.logged("StatementDecided", "logged-refusal", "deny").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT email::int FROM customers WHERE id = 1",
        "SELECT ssn::date FROM customers WHERE id = 1",
        "UPDATE customers SET city = NULL WHERE id = 1",
        "INSERT INTO customers SELECT 1, 'x', '901-02-0001', 'ada@mail.example', 'Oslo'",
        "INSERT INTO customers VALUES (777, 'x', '901-02-0001', 'ada@mail.example', 'Oslo')",
      })
  void errorOverProtectedColumns_carriesNoValue(String sql) {
    SQLException e =
        assertThrows(SQLException.class, () -> GuardedDatabase.update(connection, sql));
    for (Throwable seen = e; seen != null; seen = seen.getCause()) {
      clean(String.valueOf(seen.getMessage()));
      if (seen instanceof PSQLException server && server.getServerErrorMessage() != null) {
        clean(String.valueOf(server.getServerErrorMessage().getDetail()));
        clean(String.valueOf(server.getServerErrorMessage().getWhere()));
        clean(server.getServerErrorMessage().toString());
      }
    }
  }

  private static void clean(String seen) {
    assertFalse(seen.contains("901-02") || seen.contains("ada@"), seen);
  }

  @Test
  void errorOfOrdinaryStatements_isTheServersOwn() {
    SQLException e =
        assertThrows(
            SQLException.class,
            () -> GuardedDatabase.update(connection, "INSERT INTO orders (status) VALUES (NULL)"));
    assertEquals("23502", e.getSQLState());
    assertTrue(
        String.valueOf(e.getMessage()).contains("null value in column \"status\""), e.getMessage());
  }

  @Test
  void preparedRefused_toldAtExecution() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement("DROP TABLE notes")) {
      assertThrows(StatementRefusedException.class, statement::execute);
      assertThrows(StatementRefusedException.class, statement::executeUpdate);
    }
    assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
  }

  @Test
  void unlexableText_refusedWithItsPlace() {
    SQLException e =
        assertThrows(
            SQLException.class, () -> GuardedDatabase.first(connection, "SELECT U&'\\00zz'"));
    assertEquals("42601", e.getSQLState());
    assertTrue(String.valueOf(e.getMessage()).contains("at character"), e.getMessage());
  }

  @Test
  void warnings_areTheStatementsOwn() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS no_such_table");
    } catch (StatementRefusedException e) {
      SQLWarning warning = connection.getWarnings();
      assertFalse(
          warning != null && String.valueOf(warning.getMessage()).contains("no_such_table"));
    }
    connection.rollback();
  }
}
