package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A function that has standard_conforming_strings off runs what stands in a string for whoever
 * reads its body with it on.
 */
class BodiesReadOtherwiseIT {
  private static final String HIDING =
      "$$SELECT '\\'' || (SELECT max(secret) FROM public.hidden) --'\n$$";

  private static GuardedDatabase database;
  private static Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("otherwise", directory);
    database.policy(
        """
        version: 1
        classes: { hidden: { columns: ["public.hidden.secret"], mask: redact } }
        inference: deny
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE hidden (id int, secret text)",
            "INSERT INTO hidden VALUES (1, 'canary')",
            "CREATE TABLE open (id int, t text)",
            function("own_lines", "SET standard_conforming_strings = off", HIDING),
            "CREATE FUNCTION altered() RETURNS text LANGUAGE sql STABLE AS $$SELECT 'x'::text$$",
            "ALTER FUNCTION altered() SET standard_conforming_strings = 'false'",
            "CREATE VIEW through AS SELECT own_lines() AS line",
            "ALTER TABLE open ALTER t SET DEFAULT own_lines()",
            function("plain", "SET standard_conforming_strings = on", "$$SELECT 'plain'::text$$"),
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent());
    connection = database.connect();
  }

  private static String function(String name, String set, String body) {
    return "CREATE FUNCTION %s() RETURNS text LANGUAGE sql STABLE %s AS %s"
        .formatted(name, set, body);
  }

  @AfterAll
  static void drop() throws Exception {
    connection.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT own_lines()",
        "SELECT altered()",
        "SELECT line FROM through",
        "INSERT INTO open (id) VALUES (1) RETURNING t",
      })
  void bodyThatIsReadOtherwise_isNotRun(String sql) {
    SQLException refused =
        assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, sql));
    assertEquals("42501", refused.getSQLState(), refused::getMessage);
  }

  @Test
  void bodyThatIsReadAsItStands_runs() throws Exception {
    assertEquals("plain", GuardedDatabase.first(connection, "SELECT plain()"));
  }
}
