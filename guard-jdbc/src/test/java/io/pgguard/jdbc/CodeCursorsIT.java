package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cursors that functions open: what the policy allows brings its rows, masked by the columns that
 * the server names; what others may have opened brings none.
 */
class CodeCursorsIT extends OwnDatabase {
  CodeCursorsIT() {
    super("codecursors");
  }

  @Override
  void prepare() throws Exception {
    String agent = database.agent();
    execute(
        "GRANT CREATE ON SCHEMA public TO " + agent,
        "CREATE FUNCTION opened() RETURNS refcursor LANGUAGE plpgsql AS 'DECLARE c refcursor :="
            + " ''given''; BEGIN OPEN c FOR SELECT ssn FROM customers; RETURN c; END'",
        "CREATE FUNCTION plain() RETURNS refcursor LANGUAGE plpgsql AS 'DECLARE c refcursor :="
            + " ''given''; BEGIN OPEN c FOR SELECT id, name, ssn, lower(email) AS mail FROM"
            + " customers WHERE id < 3 ORDER BY id; RETURN c; END'",
        "CREATE TABLE mine (id int)",
        "ALTER TABLE mine OWNER TO " + agent);
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "")
            .replaceAll("limits: .*\n", "")
            .replace("\"public.open_notes()\"", "\"public.open_notes()\", \"public.plain()\"")
            .replace("kind: [insert,", "kind: [ddl, code, insert,"));
  }

  @Override
  Connection connect() throws SQLException {
    return inOneTransaction();
  }

  private void refused(String text) {
    SQLException refused = assertThrows(SQLException.class, () -> run(text), text);
    assertEquals("42501", refused.getSQLState(), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).contains("901-02"), refused.getMessage());
  }

  @Test
  void cursorOfAnAllowedFunction_bringsItsRowsMasked() throws Exception {
    run("SELECT plain()");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("FETCH 1 FROM given")) {
      assertTrue(rows.next());
      assertEquals("1", rows.getString("id"));
      assertEquals("Customer 1", rows.getString("name"));
      assertEquals("*******0001", rows.getString("ssn"));
      assertEquals("[redacted]", rows.getString("mail"));
    }
  }

  @Test
  void driver_readsARefcursor() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery("SELECT plain()")) {
      assertTrue(cursor.next());
      try (ResultSet rows = (ResultSet) cursor.getObject(1)) {
        assertTrue(rows.next());
        assertEquals("*******0001", rows.getString("ssn"));
      }
    }
  }

  @Test
  void functionThatThePolicyDoesNotAllow_opensNothing() throws Exception {
    refused("SELECT opened()");
    connection.rollback();
    SQLException gone = assertThrows(SQLException.class, () -> run("FETCH 1 FROM given"));
    assertEquals("34000", gone.getSQLState(), gone.getMessage());
  }

  /** Code of the agent's own opens a cursor over what it likes: its rows would tell. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DO 'DECLARE c refcursor := ''evil''; BEGIN OPEN c FOR SELECT id FROM mine; END'",
        "DO 'BEGIN EXECUTE ''DECLARE evil CURSOR FOR SELECT id FROM mine''; END'",
      })
  void codeOfTheAgent_leavesEveryUnknownCursorRefused(String code) throws Exception {
    run("SELECT plain()");
    run("FETCH 1 FROM given");
    try {
      run(code);
    } catch (SQLException e) {
      assertEquals("42501", e.getSQLState(), e.getMessage()); // refusing is safe as well
      return;
    }
    refused("FETCH 1 FROM evil");
  }

  @Test
  void textThatOpensAndFetches_isRefused() throws Exception {
    run("SELECT plain()");
    refused(
        "DO 'DECLARE c refcursor := ''evil''; BEGIN OPEN c FOR SELECT id FROM mine; END';"
            + " FETCH 1 FROM evil");
  }

  @Test
  void triggerOfTheAgent_thatOpensACursor_leavesItRefused() throws Exception {
    run(
        "CREATE FUNCTION opens() RETURNS trigger LANGUAGE plpgsql AS 'DECLARE c refcursor :="
            + " ''evil''; BEGIN OPEN c FOR SELECT id FROM mine; RETURN NEW; END'",
        "CREATE TRIGGER opens BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION opens()");
    connection.commit();
    run("SELECT plain()");
    try {
      run("INSERT INTO mine VALUES (1)");
    } catch (SQLException e) {
      assertEquals("42501", e.getSQLState(), e.getMessage());
      return;
    }
    refused("FETCH 1 FROM evil");
  }

  /** A portal that the client made is judged by its own text, and read by its own messages. */
  @Test
  void portalOfTheClient_isNoCursorOfAFunction() throws Exception {
    run("SELECT plain()");
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(1);
      try (ResultSet rows =
          statement.executeQuery("SELECT coalesce(email, name), id FROM customers ORDER BY id")) {
        assertTrue(rows.next());
        // PgJDBC counts the names of its portals up; the transaction is failed from the first on
        try (ResultSet portals =
            connection
                .createStatement()
                .executeQuery("SELECT name FROM pg_cursors WHERE name <> 'given'")) {
          String portal = portals.next() ? portals.getString(1) : "C_1";
          refused("FETCH 1 FROM \"" + portal + "\"");
        }
      }
    }
  }

  @Test
  void end_ofTheTransaction_forgetsThem() throws Exception {
    run("SELECT plain()");
    connection.commit();
    SQLException gone = assertThrows(SQLException.class, () -> run("FETCH 1 FROM given"));
    assertEquals("34000", gone.getSQLState(), gone.getMessage());
  }
}
