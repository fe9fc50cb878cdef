package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be logged does not run. */
class AuditLossIT {
  @TempDir Path directory;

  @Test
  void auditLogThatIsGoneInMidSession_refusesEveryStatement() throws Exception {
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
        assertTrue(
            String.valueOf(e.getMessage()).contains("Guard cannot log this statement"),
            e.getMessage());
        assertEquals("58030", e.getSQLState());
      }
      assertEquals("before", database.truth("SELECT string_agg(body, ',') FROM notes"));
      connection.close();
      assertTrue(connection.isClosed());
    }
  }
}
