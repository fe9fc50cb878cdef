package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Errors that come later than, or elsewhere than in, the statement that touches what they quote.
 */
class LateErrorsIT {
  private static final String SECRET = "901-02-0777";
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("late", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "INSERT INTO customers VALUES (777, 'Late', '"
                + SECRET
                + "', 'late@mail.example', 'X')",
            "CREATE TABLE claims (id int, about text REFERENCES customers (ssn)"
                + " DEFERRABLE INITIALLY DEFERRED)",
            "INSERT INTO claims VALUES (1, '" + SECRET + "')",
            "CREATE TABLE regions (id int PRIMARY KEY, label text)",
            "INSERT INTO regions VALUES (1, 'north')",
            "ALTER TABLE customers ADD COLUMN region int NOT NULL DEFAULT 1"
                + " REFERENCES regions ON DELETE SET NULL ON UPDATE CASCADE CHECK (region < 5)",
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent());
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

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertSilent(SQLException error, String state) {
    assertTrue(state.equals(error.getSQLState()), error.getSQLState() + " " + error.getMessage());
    StringBuilder all = new StringBuilder(String.valueOf(error.getMessage()));
    ServerErrorMessage server = ((PSQLException) error).getServerErrorMessage();
    all.append(server);
    assertFalse(all.toString().contains("0777"), all.toString());
  }

  @Test
  void deferredConstraint_atTheEndOfItsOwnStatement_quotesNothing() {
    assertSilent(
        assertThrows(SQLException.class, () -> run("DELETE FROM customers WHERE id = 777")),
        "23503");
  }

  @Test
  void deferredConstraint_afterASecondStatementOfTheText_quotesNothing() {
    assertSilent(
        assertThrows(
            SQLException.class, () -> run("DELETE FROM customers WHERE id = 777; SELECT 1")),
        "23503");
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "SET CONSTRAINTS ALL IMMEDIATE", "COMMIT AND CHAIN"})
  void deferredConstraint_inATransaction_quotesNothing(String end) throws Exception {
    run("BEGIN");
    run("DELETE FROM customers WHERE id = 777");
    run("SELECT 1");
    assertSilent(assertThrows(SQLException.class, () -> run(end)), "23503");
    run("ROLLBACK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM regions WHERE id = 1",
        "UPDATE regions SET id = 9 WHERE id = 1",
        "WITH gone AS (DELETE FROM regions WHERE id = 1 RETURNING id) SELECT * FROM gone",
        "INSERT INTO regions VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET id = 9",
        "MERGE INTO regions USING (SELECT 1 AS i) q ON id = q.i WHEN MATCHED THEN DELETE",
      })
  void foreignKeyThatChangesAProtectedRelation_quotesNothing(String sql) {
    SQLException error = assertThrows(SQLException.class, () -> run(sql));
    assertSilent(error, sql.contains("= 9") ? "23514" : "23502");
  }

  /** A typing error in the same transaction keeps the server's words. */
  @Test
  void ordinaryError_inSuchATransaction_isTold() throws Exception {
    run("BEGIN");
    run("SELECT name FROM customers WHERE id = 1");
    SQLException error = assertThrows(SQLException.class, () -> run("SELECT 1 FROM no_such_thing"));
    assertTrue(String.valueOf(error.getMessage()).contains("no_such_thing"), error.getMessage());
    run("ROLLBACK");
  }
}
