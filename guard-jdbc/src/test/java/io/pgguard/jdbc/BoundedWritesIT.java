package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change that leaves no row alone is refused, however the statement that makes it is run. */
class BoundedWritesIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("bounded", directory);
    try (Connection first = database.connect()) {
      GuardedDatabase.update(
          first, "INSERT INTO notes (id, body) VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    }
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private void assertUnbounded(SQLException refused) {
    assertTrue(
        String.valueOf(refused.getMessage()).contains("rule unbounded"), refused::getMessage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLAIN ANALYZE DELETE FROM notes WHERE id >= 0",
        "EXPLAIN (ANALYZE) WITH d AS (UPDATE notes SET body = '' WHERE id > 0 RETURNING 1) TABLE d",
        "PREPARE p AS DELETE FROM notes WHERE id >= 0; EXECUTE p",
        "PREPARE p(int) AS DELETE FROM notes WHERE id >= $1; EXECUTE p(0)",
        "PREPARE p(int) AS DELETE FROM notes WHERE id >= $1; EXECUTE p(1 - 1)",
        "PREPARE p(text) AS UPDATE notes SET body = 'x' WHERE body LIKE $1; EXECUTE p('%')",
        "PREPARE p AS DELETE FROM notes WHERE id = $1 OR $2; EXECUTE p(1, true)",
        "PREPARE p(int[]) AS DELETE FROM notes WHERE id = ANY ($1); EXECUTE p(ARRAY[1, 2, 3])",
        "PREPARE p(int) AS DELETE FROM notes WHERE id >= $1; EXPLAIN ANALYZE EXECUTE p(0)",
        "WITH m AS (INSERT INTO notes SELECT * FROM notes ON CONFLICT (id) DO UPDATE SET body = '') SELECT 1",
        "MERGE INTO notes n USING (SELECT 1 AS x) s ON s.x = -n.id WHEN NOT MATCHED BY SOURCE THEN DELETE",
        "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3) SEARCH DEPTH FIRST BY i SET o"
            + " DELETE FROM notes WHERE id IN (SELECT i FROM r)"
      })
  void everyRowByAnotherWay_refused(String texts) throws SQLException {
    String[] all = texts.split("; ");
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < all.length - 1; i++) {
        statement.execute(all[i]);
      }
      assertUnbounded(
          assertThrows(
              StatementRefusedException.class, () -> statement.execute(all[all.length - 1])));
    }
  }

  @Test
  void someRowsByAnotherWay_run() throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PREPARE p(int) AS UPDATE notes SET body = 'x' WHERE id > $1");
      statement.execute("EXECUTE p(2)");
      assertEquals(1, statement.getUpdateCount());
      statement.execute("EXPLAIN ANALYZE DELETE FROM notes WHERE id > 2");
    }
    connection.rollback();
  }

  @Test
  void valuesThatMeanEveryRow_refusedAndOthersRun() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM notes WHERE id >= ?")) {
      delete.setInt(1, 3);
      assertEquals(1, delete.executeUpdate());
      connection.rollback();
      for (int run = 0; run < 7; run++) { // the driver goes over to binary values meanwhile
        delete.setInt(1, 0);
        assertUnbounded(assertThrows(StatementRefusedException.class, delete::executeUpdate));
        connection.rollback();
      }
      delete.setInt(1, 2);
      assertEquals(2, delete.executeUpdate());
    }
    connection.rollback();
  }

  @Test
  void arrayOfEveryKey_refused() throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE notes SET body = ? WHERE id = ANY (?)")) {
      update.setString(1, "it's \\ \"quoted\"");
      update.setArray(2, connection.createArrayOf("int4", new Object[] {1, 2, 3}));
      assertUnbounded(assertThrows(StatementRefusedException.class, update::executeUpdate));
    }
  }
}
