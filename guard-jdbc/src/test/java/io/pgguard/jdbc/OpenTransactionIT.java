package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a transaction has made or changed itself is known in it: migrations run, and what is
 * protected is protected in what the transaction made too.
 */
class OpenTransactionIT extends OwnDatabase {
  OpenTransactionIT() {
    super("open");
  }

  @Override
  void prepare() throws Exception {
    String agent = database.agent();
    execute(
        "GRANT CREATE ON SCHEMA public TO " + agent,
        "ALTER TABLE customers OWNER TO " + agent,
        "ALTER TABLE orders OWNER TO " + agent,
        "CREATE VIEW shown AS SELECT id, status AS s FROM orders",
        "CREATE VIEW shown_again AS SELECT id, s FROM shown",
        "ALTER VIEW shown OWNER TO " + agent,
        "ALTER VIEW shown_again OWNER TO " + agent,
        "CREATE FUNCTION told(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1::text'",
        "ALTER FUNCTION told OWNER TO " + agent);
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "") // what is known of columns alone has to do
            .replaceAll("limits: .*\n", "")
            .replaceAll(".*id: no-drop.*\n", "")
            .replace("maxRows: 40", "maxRows: 400")
            .replace("kind: [insert,", "kind: [ddl, drop, code, create-view, lock, insert,"));
  }

  @Override
  Connection connect() throws SQLException {
    return inOneTransaction();
  }

  private String one(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertTrue(result.next(), query);
      return String.valueOf(result.getString(1));
    }
  }

  @Test
  void migration_inOneTransaction_runsAndLasts() throws Exception {
    run(
        "CREATE TABLE item (id int PRIMARY KEY, note text)",
        "INSERT INTO item VALUES (1, 'first'), (2, 'second')",
        "ALTER TABLE item ADD COLUMN more int",
        "UPDATE item SET more = id + 6 WHERE id = 1",
        "UPDATE item SET more = id + 6 WHERE id = 2",
        "CREATE INDEX item_more ON item (more)",
        "CREATE VIEW items AS SELECT id, more FROM item",
        "INSERT INTO orders (customer_id, status) SELECT id, note FROM item");
    assertEquals("7", one("SELECT more FROM items WHERE id = 1"));
    run("ALTER TABLE item RENAME COLUMN more TO rest", "DROP VIEW items");
    assertEquals("8", one("SELECT rest FROM item WHERE id = 2"));
    connection.commit();
    assertEquals("second", one("SELECT note FROM item WHERE rest = 8"));
  }

  @Test
  void preparedStatement_overWhatTheTransactionMade_runsEachTime() throws Exception {
    run("CREATE TABLE item (id int PRIMARY KEY, note text)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
      for (int i = 0; i < 12; i++) {
        insert.setInt(1, i);
        insert.setString(2, "note " + i);
        insert.executeUpdate();
      }
      run("ALTER TABLE item ADD COLUMN more int");
      insert.setInt(1, 12);
      insert.setString(2, "note");
      insert.executeUpdate();
    }
    assertEquals("13", one("SELECT count(*) FROM item"));
  }

  @Test
  void madeRelations_columnsOfAClass_areMasked() throws Exception {
    run(
        "CREATE TABLE person (id int, email text)",
        "INSERT INTO person VALUES (1, 'late@hush.example')");
    assertFalse(one("SELECT email FROM person").contains("late@"));
    run("ALTER TABLE orders ADD COLUMN email text DEFAULT 'late@hush.example'");
    assertFalse(one("SELECT email FROM orders WHERE id = 1").contains("late@"));
    run("CREATE VIEW own AS SELECT id, email AS reach FROM person");
    assertFalse(one("SELECT reach FROM own").contains("late@"));
    run("ALTER TABLE person RENAME COLUMN id TO number", "CREATE TABLE child () INHERITS (person)");
    run("INSERT INTO child VALUES (2, 'later@hush.example')");
    assertFalse(one("SELECT email FROM person WHERE number = 2").contains("later@"));
    connection.commit();
    assertFalse(one("SELECT reach FROM own WHERE id = 1").contains("late@"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW v AS SELECT id, ssn AS s FROM customers; SELECT s FROM v ORDER BY id",
        "CREATE TABLE t AS SELECT id, ssn AS s FROM customers; SELECT s FROM t ORDER BY id",
        "SELECT id, ssn AS s INTO t FROM customers; SELECT s FROM t ORDER BY id",
        "CREATE OR REPLACE VIEW shown AS SELECT id, ssn AS s FROM customers;"
            + " SELECT s FROM shown_again ORDER BY id",
        "CREATE OR REPLACE FUNCTION told(int) RETURNS text LANGUAGE sql STABLE AS"
            + " 'SELECT ssn FROM customers WHERE id = $1'; SELECT told(1)",
        "CREATE TABLE t (id int, s text); INSERT INTO t SELECT id, ssn FROM customers;"
            + " SELECT s FROM t ORDER BY id",
        "ALTER TABLE customers RENAME COLUMN ssn TO s; SELECT s FROM customers ORDER BY id",
        "ALTER TABLE customers RENAME TO c; SELECT ssn FROM c ORDER BY id",
        "CREATE TABLE t (c customers); INSERT INTO t SELECT c FROM customers c;"
            + " SELECT (c).ssn FROM t",
        "CREATE TABLE t (id int, email text); INSERT INTO t SELECT id, ssn FROM customers;"
            + " ALTER TABLE t RENAME COLUMN email TO plain; SELECT plain FROM t ORDER BY id",
        "SAVEPOINT a; ALTER TABLE customers RENAME TO old;"
            + " CREATE VIEW customers AS SELECT 1 AS id, 'x'::text AS ssn;"
            + " SELECT ssn FROM customers; ROLLBACK TO a; SELECT ssn FROM customers ORDER BY id",
        "SAVEPOINT a; CREATE VIEW v AS SELECT id, status AS s FROM orders; SELECT s FROM v;"
            + " ROLLBACK TO a; CREATE VIEW v AS SELECT id, ssn AS s FROM customers;"
            + " SELECT s FROM v ORDER BY id",
        "CREATE VIEW v AS SELECT id, status AS s FROM orders; SELECT s FROM v; SAVEPOINT a;"
            + " CREATE OR REPLACE VIEW v AS SELECT id, ssn AS s FROM customers;"
            + " SELECT s FROM v ORDER BY id",
        "CREATE TEMP TABLE pg_class (oid oid, relname name); CREATE SCHEMA pg;"
            + " SET search_path = pg_temp, public, pg_catalog;"
            + " CREATE VIEW public.v AS SELECT id, ssn AS s FROM customers; SELECT s FROM public.v",
        "SET search_path = public, pg_catalog;"
            + " CREATE FUNCTION no(oid, oid) RETURNS bool LANGUAGE sql AS 'SELECT false';"
            + " CREATE OPERATOR public.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = no);"
            + " CREATE VIEW v AS SELECT id, ssn AS s FROM customers; SELECT s FROM v"
      })
  void protectedValues_byWhatTheTransactionMade_neverShow(String texts) throws Exception {
    for (String text : texts.split("; ?(?=[A-Z])")) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(text)) {
          try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
              String value = String.valueOf(result.getString(1));
              assertFalse(value.contains("901-02"), text + " showed " + value);
            }
          }
        }
      } catch (SQLException refused) {
        assertFalse(String.valueOf(refused.getMessage()).contains("901-02"), text);
        connection.rollback();
      }
    }
  }

  @Test
  void rollbackToSavepoint_whatWasMade_isAskedAnew() throws Exception {
    run(
        "CREATE TABLE item (id int)",
        "INSERT INTO item VALUES (1)",
        "SAVEPOINT a",
        "ALTER TABLE item ADD COLUMN more int",
        "UPDATE item SET more = 5 WHERE id = 1");
    assertEquals("5", one("SELECT more FROM item"));
    run("ROLLBACK TO SAVEPOINT a");
    assertEquals("1", one("SELECT id FROM item"));
    run("ALTER TABLE item ADD COLUMN more text", "UPDATE item SET more = 'x' WHERE id = 1");
    assertEquals("x", one("SELECT more FROM item"));
    run("RELEASE SAVEPOINT a");
    connection.rollback();
    SQLException gone = assertThrows(SQLException.class, () -> one("SELECT id FROM item"));
    assertEquals("42P01", gone.getSQLState(), String.valueOf(gone.getMessage()));
  }

  @Test
  void failedTransaction_nothingIsAsked_andTheServerSaysSo() throws Exception {
    run("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    assertThrows(SQLException.class, () -> run("INSERT INTO item VALUES (1)"));
    SQLException aborted = assertThrows(SQLException.class, () -> one("SELECT id FROM item"));
    assertNotEquals("08006", aborted.getSQLState(), String.valueOf(aborted.getMessage()));
    connection.rollback();
    run("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    assertEquals("1", one("SELECT id FROM item"));
  }

  @Test
  void repeatableRead_staysInDoubt_andSaysWhy() throws Exception {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    run("CREATE TABLE item (id int PRIMARY KEY)");
    SQLException refused =
        assertThrows(SQLException.class, () -> run("INSERT INTO item VALUES (1)"));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("earlier statement of this transaction"),
        String.valueOf(refused.getMessage()));
    assertFalse(String.valueOf(refused.getMessage()).contains("names protected"), "nothing is");
  }

  @Test
  void searchPathOfTheSession_afterALook_isAsItWas() throws Exception {
    run("SET LOCAL search_path = pg_catalog, public", "CREATE TABLE public.item (id int)");
    run("INSERT INTO item VALUES (1)");
    assertEquals("1", one("SELECT id FROM item"));
    assertEquals("pg_catalog, public", one("SHOW search_path"));
    assertEquals("0", one("SHOW lock_timeout"));
  }

  @Test
  void anotherSessionsChange_meanwhile_isSeenToo() throws Exception {
    run("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
    execute(
        "ALTER TABLE orders ADD COLUMN email text DEFAULT 'late@hush.example'",
        "CREATE TABLE other (id int)");
    run("INSERT INTO item VALUES (2)");
    assertEquals("2", one("SELECT count(*) FROM item"));
    assertFalse(one("SELECT o.email FROM orders o JOIN item USING (id)").contains("late@"));
  }

  @Test
  void policyWithoutClasses_whatWasMade_runs() throws Exception {
    database.policy(
        "version: 1\nrules:\n  - { id: all, when: {}, then: allow }\notherwise: deny\n");
    run("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)", "CREATE VIEW v AS TABLE item");
    assertEquals("1", one("SELECT id FROM v"));
  }
}
