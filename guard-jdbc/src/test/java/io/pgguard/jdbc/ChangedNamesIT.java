package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A statement that changes what names mean is followed by others that use them: in the same text,
 * or in a transaction that no catalog snapshot sees. What they bring is never judged by what the
 * names meant before.
 */
class ChangedNamesIT {
  private GuardedDatabase database;

  @BeforeEach
  void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("changed", directory);
    String agent = database.agent();
    database
        .postgres()
        .execute(
            database.database(),
            "GRANT CREATE ON SCHEMA public TO " + agent,
            "ALTER TABLE customers OWNER TO " + agent,
            "ALTER TABLE orders OWNER TO " + agent,
            "CREATE SCHEMA lure AUTHORIZATION " + agent,
            "CREATE TABLE lure.customers AS SELECT id, name AS ssn FROM public.customers",
            "ALTER TABLE lure.customers OWNER TO " + agent,
            "CREATE VIEW shown AS SELECT id, status AS s FROM orders",
            "CREATE VIEW shown_again AS SELECT id, s FROM shown",
            "ALTER VIEW shown OWNER TO " + agent,
            "ALTER VIEW shown_again OWNER TO " + agent,
            "CREATE FUNCTION told(int) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text'",
            "ALTER FUNCTION told OWNER TO " + agent);
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "") // lineage alone has to know
            .replace("maxRows: 40", "maxRows: 400")
            .replace("*.customers.ssn", "public.customers.ssn")
            .replace("kind: [insert,", "kind: [ddl, code, create-view, lock, insert,"));
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  /** Runs the texts in turn; refusals may come anywhere, the value may not. */
  private void neverShows(String... texts) throws SQLException {
    try (Connection connection = database.connect()) {
      for (String text : texts) {
        try (Statement statement = connection.createStatement()) {
          boolean rows = statement.execute(text);
          while (rows || statement.getUpdateCount() >= 0) {
            if (rows) {
              hides(statement.getResultSet(), text);
            }
            rows = statement.getMoreResults();
          }
        } catch (SQLException refused) {
          assertFalse(String.valueOf(refused.getMessage()).contains("901-02"), text);
        }
      }
    }
  }

  private static void hides(ResultSet result, String text) throws SQLException {
    while (result.next()) {
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        assertFalse(String.valueOf(result.getString(i)).contains("901-02"), text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET search_path = public; SELECT upper(ssn) FROM customers",
        "CREATE TEMP VIEW peek AS SELECT id, ssn AS s FROM public.customers;"
            + " SELECT upper(s) FROM peek",
        "CREATE VIEW peek AS SELECT id, ssn AS s FROM public.customers; SELECT upper(s) FROM peek",
        "PREPARE p AS SELECT upper(ssn) FROM public.customers; EXECUTE p",
        "DECLARE c CURSOR WITH HOLD FOR SELECT upper(ssn) FROM public.customers; FETCH ALL FROM c",
        "BEGIN; ALTER TABLE public.customers RENAME ssn TO x;"
            + " ALTER TABLE public.customers RENAME name TO ssn;"
            + " ALTER TABLE public.customers RENAME x TO name;"
            + " SELECT upper(name) FROM public.customers",
        "BEGIN; ALTER TABLE orders RENAME TO old; ALTER TABLE public.customers RENAME TO orders;"
            + " SELECT upper(ssn) FROM public.orders",
        "BEGIN; ALTER TABLE orders RENAME TO old; ALTER TABLE public.customers RENAME TO orders;"
            + " ALTER TABLE public.orders RENAME ssn TO status; SELECT upper(status) FROM orders",
        "BEGIN; CREATE OR REPLACE VIEW public.shown AS SELECT id, ssn AS s FROM public.customers;"
            + " SELECT upper(s) FROM public.shown",
        "BEGIN; CREATE OR REPLACE VIEW public.shown AS SELECT id, ssn AS s FROM public.customers;"
            + " SELECT upper(s) FROM public.shown_again",
        "BEGIN; CREATE OR REPLACE FUNCTION public.told(int) RETURNS text LANGUAGE sql IMMUTABLE"
            + " AS 'SELECT ssn FROM public.customers WHERE id = $1'; SELECT public.told(1)",
        "BEGIN; CREATE VIEW lure.orders AS SELECT id, ssn AS status FROM public.customers;"
            + " SELECT upper(status) FROM orders",
        "BEGIN; ALTER TABLE public.customers SET SCHEMA lure2; SELECT 1",
        "BEGIN; ALTER SCHEMA public RENAME TO p2; ALTER SCHEMA lure RENAME TO public;"
            + " ALTER SCHEMA p2 RENAME TO lure; SELECT upper(ssn) FROM lure.customers"
      })
  void changedNames_bringNothingProtected(String text) throws Exception {
    String path = "SET search_path = lure, public";
    neverShows(path, text);
    neverShows(concat(path, text.split("; "))); // one statement after the other
    String begun = text.startsWith("BEGIN; ") ? text.substring(7) : text;
    neverShows(path, begun);
    neverShows(path + "; " + text);
    neverShows(path, "BEGIN", begun, "ROLLBACK");
  }

  private static String[] concat(String first, String[] more) {
    String[] all = new String[more.length + 1];
    all[0] = first;
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }

  @Test
  void ordinaryTexts_runInOrder() throws Exception {
    try (Connection connection = database.connect(Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path = lure, public; SELECT ssn FROM customers WHERE id = 1");
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        assertTrue(rows.next());
        assertEquals("Customer 1", rows.getString(1));
      }
      for (String text :
          Arrays.asList(
              "CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1); SELECT a FROM t",
              "BEGIN; CREATE TABLE fresh (a int); CREATE INDEX ON fresh (a); COMMIT",
              "BEGIN; ALTER TABLE orders ADD COLUMN note text;"
                  + " CREATE INDEX ON orders (note); COMMIT;"
                  + " SELECT note FROM orders WHERE id = 1")) {
        statement.execute(text);
      }
    }
  }
}
