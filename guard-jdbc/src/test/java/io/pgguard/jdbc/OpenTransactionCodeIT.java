package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Code that a transaction made, and code that makes something in it: what runs by names that seem
 * to be PostgreSQL's own, or by none, and what becomes of names without a text that says so.
 */
class OpenTransactionCodeIT extends OwnDatabase {
  private static final String LEAK = "'SELECT ssn FROM public.customers ORDER BY id LIMIT 1'";

  private static final String SHADOW =
      "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS " + LEAK + "; ";

  private static final String OPERATOR =
      "CREATE FUNCTION public.both(varchar, varchar) RETURNS text LANGUAGE sql STABLE AS "
          + LEAK
          + "; CREATE OPERATOR public.|| (LEFTARG = varchar, RIGHTARG = varchar,"
          + " FUNCTION = public.both); ";

  private static final String NEW_MEANING =
      "BEGIN CREATE OR REPLACE VIEW shown AS SELECT id, ssn AS s FROM customers; RETURN ";

  OpenTransactionCodeIT() {
    super("opencode");
  }

  @Override
  void prepare() throws Exception {
    String agent = database.agent();
    execute(
        "GRANT CREATE ON SCHEMA public TO " + agent,
        "ALTER TABLE orders OWNER TO " + agent,
        "CREATE VIEW shown AS SELECT id, status AS s FROM orders",
        "GRANT SELECT ON shown TO " + agent,
        "CREATE FUNCTION renew() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$ "
            + NEW_MEANING
            + "1; END $$",
        "CREATE FUNCTION renews() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ "
            + NEW_MEANING
            + "NEW; END $$",
        "CREATE TRIGGER renews BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION renews()",
        "CREATE FUNCTION counted() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 7; END'",
        "CREATE SCHEMA near",
        "CREATE TABLE near.base (id int, note text)",
        "CREATE VIEW near.cards AS SELECT id, 'card ' || id AS pan FROM near.base",
        "INSERT INTO near.base VALUES (1, 'a')",
        "GRANT ALL ON SCHEMA near TO " + agent,
        "ALTER TABLE near.base OWNER TO " + agent,
        "ALTER VIEW near.cards OWNER TO " + agent);
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "") // what is known of columns alone has to do
            .replaceAll("limits: .*\n", "")
            .replaceAll(".*id: no-drop.*\n", "")
            .replace("*.cards.pan", "public.cards.pan")
            .replace(
                "\"public.open_notes()\"",
                "\"public.renew()\", \"public.renews()\", \"public.counted()\"")
            .replace(
                "kind: [insert,", "kind: [ddl, drop, code, privilege, create-view, lock, insert,"));
  }

  @Override
  Connection connect() throws SQLException {
    return inOneTransaction();
  }

  /** Runs each as a text of its own; nothing that comes has the start of a protected value. */
  private void neverShows(String texts, String secret) throws SQLException {
    for (String text : texts.split("; (?=[A-Z])(?![^$]*\\$\\$)")) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(text)) {
          try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
              String value = String.valueOf(result.getString(1));
              assertFalse(value.contains(secret), text + " showed " + value);
            }
          }
        }
      } catch (SQLException refused) {
        assertFalse(String.valueOf(refused.getMessage()).contains(secret), text);
        connection.rollback();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHADOW + "SELECT lower('x'::varchar)",
        SHADOW + "VALUES (lower('x'::varchar))",
        SHADOW + "COPY (SELECT lower('x'::varchar)) TO STDOUT",
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; " + SHADOW + "SELECT lower('x'::varchar)",
        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; "
            + SHADOW
            + "ALTER TABLE orders ADD COLUMN kept text DEFAULT lower('x'::varchar); COMMIT;"
            + " SELECT kept FROM orders",
        OPERATOR + "SELECT 'a'::varchar || 'b'::varchar",
        OPERATOR + "SELECT a || b FROM (VALUES ('a'::varchar, 'b'::varchar)) AS v(a, b)",
        "CREATE FUNCTION public.told(varchar) RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
            + " RAISE EXCEPTION '%', (SELECT max(ssn) FROM public.customers); END $$;"
            + " CREATE OPERATOR public.- (RIGHTARG = varchar, FUNCTION = public.told);"
            + " SELECT - 'a'::varchar"
      })
  void codeThatTheTransactionMade_byOtherNamesThanItsOwn_neverShows(String texts)
      throws SQLException {
    neverShows(texts, "901-02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"READ COMMITTED", "REPEATABLE READ"})
  void codeBlock_overAFunctionThatTheTransactionMade_isRefused(String isolation)
      throws SQLException {
    run("SET TRANSACTION ISOLATION LEVEL " + isolation);
    neverShows(SHADOW + "SELECT 1", "901-02");
    SQLException refused =
        assertThrows(
            SQLException.class,
            () ->
                run(
                    "DO $$ BEGIN IF lower('x'::varchar) = '901-02-0001'"
                        + " THEN PERFORM 1/0; END IF; END $$"));
    assertEquals("42501", refused.getSQLState(), String.valueOf(refused.getMessage()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT renew(); SELECT s FROM shown ORDER BY id",
        "SELECT renew(); SELECT upper(s) FROM shown ORDER BY id",
        "INSERT INTO notes (body) VALUES ('x'); SELECT upper(s) FROM shown ORDER BY id",
        "DECLARE c CURSOR FOR SELECT renew() FROM orders; FETCH 1 FROM c;"
            + " SELECT upper(s) FROM shown ORDER BY id",
        "DECLARE c CURSOR FOR SELECT renew() FROM orders; SELECT upper(s) FROM shown ORDER BY id;"
            + " FETCH 1 FROM c; SELECT upper(s) FROM shown ORDER BY id",
        "PREPARE p AS SELECT renew(); PREPARE q AS SELECT upper(s) FROM shown ORDER BY id;"
            + " EXECUTE q; EXECUTE p; EXECUTE q"
      })
  void codeThatMakesSomething_whatItMade_neverShows(String texts) throws SQLException {
    neverShows(texts, "901-02");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE near.base CASCADE",
        "ALTER TABLE near.base DROP COLUMN id CASCADE",
      })
  void whatGoesWithWhatWasDropped_andRevealsAnotherOfItsName_neverShows(String drop)
      throws SQLException {
    run("SET search_path = near, public");
    connection.commit();
    neverShows(drop + "; SELECT upper(pan) FROM cards ORDER BY id", "40000000");
  }

  @Test
  void functionThatTheTransactionMade_byItsName_runs() throws SQLException {
    run(
        "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'",
        "CREATE DOMAIN even AS int CHECK (VALUE = twice(VALUE / 2))");
    assertEquals("8", GuardedDatabase.first(connection, "SELECT twice(4)"));
    assertEquals("4", GuardedDatabase.first(connection, "SELECT 4::even"));
  }

  @Test
  void migrationOfTablesAlone_inRepeatableRead_runs() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    run(
        "CREATE TABLE item (id int PRIMARY KEY)",
        "ALTER TABLE item ADD COLUMN more int DEFAULT 1 + 1",
        "ALTER TABLE item ADD CHECK (more > 0)",
        "CREATE INDEX ON item ((more + 1))");
    connection.commit();
    assertEquals("0", GuardedDatabase.first(connection, "SELECT count(*) FROM item"));
  }

  @Test
  void codeThatMakesNothing_inRepeatableRead_leavesNoDoubt() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    assertEquals("7", GuardedDatabase.first(connection, "SELECT counted()"));
    assertEquals("50", GuardedDatabase.first(connection, "SELECT count(*) FROM orders"));
  }
}
