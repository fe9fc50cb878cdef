package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without its Guard, its log and its catalog, a session runs nothing. */
class GuardClosedIT {
  @TempDir Path directory;

  @Test
  void guardClosedInMidSession_refusesEveryStatement() throws Exception {
    try (GuardedDatabase database = new GuardedDatabase("auditloss", directory)) {
      Connection connection = database.connect();
      assertEquals(
          1, GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('before')"));
      database.guard().close();
      for (String sql :
          new String[] {
            "INSERT INTO notes (body) VALUES ('after')", "SELECT 1", "DROP TABLE notes"
          }) {
        SQLException e =
            assertThrows(SQLException.class, () -> GuardedDatabase.update(connection, sql), sql);
        assertTrue(String.valueOf(e.getMessage()).contains("Nothing was run"), e.getMessage());
        assertTrue(String.valueOf(e.getSQLState()).startsWith("58"), e.getSQLState());
      }
      assertEquals("before", database.truth("SELECT string_agg(body, ',') FROM notes"));
      connection.close();
      assertTrue(connection.isClosed());
    }
  }
}
