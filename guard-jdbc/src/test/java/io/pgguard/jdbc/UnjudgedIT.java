package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a server has beside the catalog that was judged, as a later version will: its functions are
 * not called, its columns not shown. Here somebody put them there.
 */
class UnjudgedIT {
  private static GuardedDatabase database;
  private static Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("unjudged", directory);
    try (Connection direct = database.direct()) {
      GuardedDatabase.run(
          direct,
          "SET allow_system_table_mods = on",
          "CREATE FUNCTION pg_catalog.later_peek(int) RETURNS text STABLE LANGUAGE sql"
              + " AS 'SELECT ssn FROM public.customers WHERE id = $1'",
          "CREATE OPERATOR pg_catalog.@@@> (RIGHTARG = int, FUNCTION = pg_catalog.later_peek)",
          "CREATE VIEW pg_catalog.pg_later AS SELECT id::text AS shown FROM public.customers",
          "GRANT SELECT ON pg_catalog.pg_later TO PUBLIC");
    }
    connection = database.connect();
  }

  @AfterAll
  static void drop() throws Exception {
    connection.close();
    database.close();
  }

  @Test
  void function_isNotCalled() {
    for (String sql :
        new String[] {
          "SELECT later_peek(1)",
          "SELECT pg_catalog.later_peek(id) FROM orders",
          "SELECT @@@> 1",
          "SELECT id FROM orders WHERE later_peek(1) > 'a'"
        }) {
      SQLException refused =
          assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, sql), sql);
      assertTrue(
          String.valueOf(refused.getMessage()).contains("that were judged"), refused.getMessage());
    }
  }

  @Test
  void column_isNotShown() throws Exception {
    assertEquals(
        "[redacted]",
        GuardedDatabase.first(connection, "SELECT * FROM pg_catalog.pg_later LIMIT 1"));
    assertEquals("1", GuardedDatabase.first(connection, "SELECT abs(-1)"));
  }
}
