package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the log takes no more entries in the middle of a session, no more statements run. */
class AuditFailureIT {
  private static void remove(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(directory)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  @Test
  void logDirectoryRemoved_noStatementRunsUnlogged(@TempDir Path own) throws Exception {
    try (GuardedDatabase database = new GuardedDatabase("unlogged", own)) {
      try (Connection connection = database.connect()) {
        GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('logged')");
        remove(own.resolve("audit"));
        SQLException told =
            assertThrows(
                SQLException.class,
                () ->
                    GuardedDatabase.update(
                        connection, "INSERT INTO notes (body) VALUES ('unlogged')"));
        assertEquals("58030", told.getSQLState(), told.getMessage());
        assertTrue(
            String.valueOf(told.getMessage()).contains("Guard cannot log this statement"),
            told.getMessage());
        assertEquals("logged", database.truth("SELECT string_agg(body, ',') FROM notes"));
        assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, "SELECT 1"));
      }
    }
  }

  @Test
  void logDirectoryRemoved_readingStopsToo(@TempDir Path own) throws Exception {
    try (GuardedDatabase database = new GuardedDatabase("unread", own);
        Connection connection = database.connect()) {
      remove(own.resolve("audit"));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      SQLException told = null;
      while (told == null && System.nanoTime() < end) {
        try {
          GuardedDatabase.first(connection, "SELECT 1");
        } catch (SQLException e) {
          told = e;
        }
      }
      assertEquals("58030", told == null ? "it went on" : told.getSQLState());
    }
  }
}
