package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session makes for itself works, hides no table from Guard, and carries nothing out. */
class TemporaryRelationsIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("temporary", directory);
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "") // lineage alone has to know
            .replace("kind: [drop, truncate]", "kind: [truncate]")
            .replace("kind: [insert,", "kind: [ddl, create-view, drop, insert,"));
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

  private void run(String... texts) throws SQLException {
    GuardedDatabase.run(connection, texts);
  }

  private String first(String sql) throws SQLException {
    return GuardedDatabase.first(connection, sql);
  }

  /** Refused, or without a trace of the value. */
  private void neverShows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          assertFalse(String.valueOf(result.getString(i)).contains("901-02"), sql);
        }
      }
    } catch (StatementRefusedException refused) {
      assertEquals("42501", refused.getSQLState());
    }
  }

  @Test
  void tableFromOpenColumns_isReadAndJoined() throws Exception {
    run("CREATE TEMP TABLE picked AS SELECT id, name FROM customers WHERE city = 'Oslo'");
    assertEquals("Customer 1", first("SELECT name FROM picked WHERE id = 1"));
    assertEquals(
        "*******0001",
        first("SELECT c.ssn FROM customers c JOIN picked p ON p.id = c.id WHERE p.id = 1"));
    assertEquals("1", first("SELECT count(*) FROM customers WHERE id = 1"));
    assertEquals(
        "[redacted]",
        first("SELECT upper(ssn) FROM customers, picked p WHERE p.id=1 AND customers.id=1"));
  }

  @Test
  void declaredTable_isFilledAndJoined() throws Exception {
    run(
        "CREATE TEMP TABLE ids (id int PRIMARY KEY, CHECK (id > 0)) ON COMMIT PRESERVE ROWS",
        "INSERT INTO ids SELECT id FROM customers WHERE id < 4",
        "INSERT INTO pg_temp.ids VALUES (4)");
    assertEquals("4", first("SELECT count(*) FROM ids JOIN customers USING (id)"));
    assertEquals("a***@mail.example", first("SELECT email FROM customers JOIN ids USING (id)"));
  }

  @Test
  void protectedColumn_isNotCarriedIntoATable() throws Exception {
    run("CREATE TEMP TABLE box (a text)");
    for (String text :
        new String[] {
          "CREATE TEMP TABLE leak AS SELECT ssn FROM customers",
          "SELECT ssn INTO TEMP leak FROM customers",
          "CREATE TABLE pg_temp.leak AS SELECT ssn FROM customers",
          "INSERT INTO box SELECT ssn FROM customers",
          "UPDATE box SET a = ssn FROM customers WHERE id = 1",
        }) {
      assertThrows(StatementRefusedException.class, () -> run(text), text);
    }
  }

  @Test
  void viewOfAProtectedColumn_keepsItsMask() throws Exception {
    run("CREATE TEMP VIEW peek (n, s) AS SELECT id, ssn FROM customers");
    assertEquals("*******0001", first("SELECT s FROM peek WHERE n = 1"));
    assertEquals("[redacted]", first("SELECT upper(s) FROM peek WHERE n = 1"));
    assertEquals("[redacted]", first("SELECT upper(p.s) FROM pg_temp.peek p WHERE n = 1"));
    neverShows("SELECT peek FROM peek WHERE n = 1");
  }

  @Test
  void viewOverATemporaryTable_isTemporaryWithoutAWord() throws Exception {
    run(
        "CREATE TEMP TABLE one AS SELECT 1 AS a",
        "CREATE VIEW joined AS SELECT c.id, c.ssn AS s FROM customers c, one");
    assertEquals("[redacted]", first("SELECT upper(s) FROM joined WHERE id = 1"));
  }

  @Test
  void renamedView_isStillKnown() throws Exception {
    run(
        "CREATE TEMP VIEW peek AS SELECT id, ssn AS s FROM customers",
        "ALTER VIEW peek RENAME TO other");
    neverShows("SELECT upper(s) FROM other WHERE id = 1");
  }

  @Test
  void viewBackAfterARollback_isStillKnown() throws Exception {
    run("CREATE TEMP VIEW peek AS SELECT id, ssn AS s FROM customers");
    connection.setAutoCommit(false);
    run("DROP VIEW peek", "CREATE TEMP TABLE peek AS SELECT id, 'x' AS s FROM customers");
    connection.rollback();
    neverShows("SELECT upper(s) FROM peek WHERE id = 1");
    connection.rollback();
    run("SAVEPOINT a", "DROP VIEW peek", "CREATE TEMP TABLE peek AS SELECT 1 AS id, 'x' AS s");
    run("ROLLBACK TO a");
    neverShows("SELECT upper(s) FROM peek WHERE id = 1");
    connection.rollback();
    connection.setAutoCommit(true);
    neverShows("SELECT upper(s) FROM peek WHERE id = 1");
  }

  @Test
  void tableOfTheSameName_doesNotHideThePermanentOne() throws Exception {
    run("CREATE TEMP TABLE customers AS SELECT 1 AS id, 'own' AS ssn");
    assertEquals("*******0001", first("SELECT ssn FROM public.customers WHERE id = 1"));
    assertEquals("[redacted]", first("SELECT upper(ssn) FROM public.customers WHERE id = 1"));
    assertEquals("own", first("SELECT ssn FROM pg_temp.customers"));
    run("DROP TABLE customers");
    neverShows("SELECT upper(ssn) FROM customers WHERE id = 1");
    assertEquals("*******0001", first("SELECT ssn FROM customers WHERE id = 1"));
  }

  @Test
  void tableWithOtherColumnsAfterARollback_isNotTakenForTheFirst() throws Exception {
    run("CREATE TEMP TABLE w AS SELECT 1 AS a");
    connection.setAutoCommit(false);
    run("DROP TABLE w", "CREATE TEMP TABLE w AS SELECT 1 AS a, 2 AS b");
    connection.rollback();
    connection.setAutoCommit(true);
    neverShows(
        "SELECT upper(x.c2) FROM (SELECT w.*, c.ssn FROM w, customers c WHERE c.id = 1) x (c1, c2)");
  }

  @Test
  void updateThroughATemporaryView_isTheTablesOwn() throws Exception {
    run("CREATE TEMP VIEW mine AS SELECT id, status FROM orders");
    assertThrows(
        SQLException.class,
        () -> run("UPDATE mine SET status = 'paid' WHERE id = 1"),
        "the rule for public.orders holds");
    assertEquals("new", database.truth("SELECT status FROM orders WHERE id = 1"));
  }
}
