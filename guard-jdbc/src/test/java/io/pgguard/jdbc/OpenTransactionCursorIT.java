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
 * Cursors and portals that bring their rows in pieces, and call functions that are replaced between
 * two of them: the server looks functions up as it calls them.
 */
class OpenTransactionCursorIT extends OwnDatabase {
  private static final String HEAD =
      "FUNCTION told(int) RETURNS text LANGUAGE sql STABLE STRICT SET work_mem = '1MB' AS ";

  private static final String REPLACED =
      "CREATE OR REPLACE " + HEAD + "'SELECT ssn FROM public.customers WHERE id = $1'";

  OpenTransactionCursorIT() {
    super("opencursor");
  }

  @Override
  void prepare() throws Exception {
    execute(
        "GRANT CREATE ON SCHEMA public TO " + database.agent(),
        "CREATE " + HEAD + "'SELECT $1::text'",
        "ALTER FUNCTION told OWNER TO " + database.agent());
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "") // what is known of columns alone has to do
            .replaceAll("limits: .*\n", "")
            .replace("maxRows: 40", "maxRows: 400")
            .replace("kind: [insert,", "kind: [ddl, code, insert,"));
  }

  @Override
  Connection connect() throws SQLException {
    return inOneTransaction();
  }

  private SQLException refused(String fetch) {
    SQLException refused =
        assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, fetch));
    assertFalse(String.valueOf(refused.getMessage()).contains("901-02"));
    return refused;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void cursorOverAFunction_thatTheTransactionReplaced_bringsNoMore(boolean holds)
      throws SQLException {
    run(
        "DECLARE c CURSOR "
            + (holds ? "WITH HOLD " : "")
            + "FOR SELECT told(id) FROM orders ORDER BY id");
    assertEquals("1", GuardedDatabase.first(connection, "FETCH 1 FROM c"));
    run(REPLACED);
    if (holds) {
      connection.commit();
    }
    refused("FETCH 1 FROM c");
  }

  @Test
  void cursorOverAFunction_thatOthersReplaced_bringsNoMore() throws SQLException {
    run("DECLARE c CURSOR FOR SELECT told(id) FROM orders ORDER BY id");
    assertEquals("1", GuardedDatabase.first(connection, "FETCH 1 FROM c"));
    database.postgres().execute(database.database(), REPLACED);
    assertEquals("50", GuardedDatabase.first(connection, "SELECT count(*) FROM employees"));
    refused("FETCH 1 FROM c");
  }

  @Test
  void cursorOverAFunction_whileATableIsMade_bringsItsRows() throws SQLException {
    run("DECLARE c CURSOR FOR SELECT told(id) FROM orders ORDER BY id");
    assertEquals("1", GuardedDatabase.first(connection, "FETCH 1 FROM c"));
    run("CREATE TABLE made (id int)");
    database.postgres().execute(database.database(), "CREATE TABLE made_by_others (id int)");
    assertEquals("2", GuardedDatabase.first(connection, "FETCH 1 FROM c"));
  }

  @Test
  void portalOverAFunction_thatTheTransactionReplaced_bringsNoMore() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(2);
      try (ResultSet result = statement.executeQuery("SELECT told(id) FROM orders ORDER BY id")) {
        assertTrue(result.next());
        assertTrue(result.next());
        run(REPLACED);
        SQLException refused = assertThrows(SQLException.class, result::next);
        assertFalse(String.valueOf(refused.getMessage()).contains("901-02"));
      }
    }
  }
}
