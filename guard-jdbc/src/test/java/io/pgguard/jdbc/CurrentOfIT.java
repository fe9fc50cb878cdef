package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A change at a cursor's row, where the cursor is at none. */
@Timeout(120)
class CurrentOfIT {
  @TempDir Path directory;

  @Test
  void cursorThatIsAtNoRow_failsAsWithoutGuard() throws Exception {
    try (GuardedDatabase database = new GuardedDatabase("currentof", directory)) {
      database.config("1ms");
      for (String mode : new String[] {"simple", "extended"}) {
        try (Connection connection = database.connect(Map.of("preferQueryMode", mode));
            Statement statement = connection.createStatement()) {
          connection.setAutoCommit(false);
          statement.execute("DECLARE c CURSOR FOR SELECT id FROM orders");
          SQLException failed =
              assertThrows(
                  SQLException.class,
                  () -> statement.execute("DELETE FROM orders WHERE CURRENT OF c"));
          assertEquals("24000", failed.getSQLState());
          connection.rollback();
        }
      }
    }
  }
}
