package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Effects that come in pieces: pipelines, batches, texts of several statements, RETURNING. */
class EffectPiecesIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("pieces", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE item (id int PRIMARY KEY, v int)",
            "CREATE TABLE part (id int PRIMARY KEY, item int REFERENCES item ON DELETE CASCADE)",
            "GRANT ALL ON item, part TO " + database.agent());
    database.policy(
        """
        version: 1
        mode: enforce
        inference: allow
        rules:
          - { id: many, when: { affectedRows: { over: 10 } }, then: deny }
          - { id: few,  when: { principal: { agents: [brief] }, kind: [select, write] }, then: allow, maxRows: 4 }
          - { id: all,  when: { principal: { agents: [agent] } }, then: allow }
          - { id: ends, when: { kind: [transaction, session] }, then: allow }
        otherwise: deny
        """);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    database
        .postgres()
        .execute(
            database.database(),
            "TRUNCATE item, part",
            "INSERT INTO item SELECT g, 0 FROM generate_series(1, 50) g",
            "INSERT INTO part SELECT g, 1 + g % 50 FROM generate_series(1, 500) g");
    connection = database.connect(Map.of("guard.agent", "agent"));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private static String items(String where) throws SQLException {
    return database.truth("SELECT count(*) FROM item WHERE " + where);
  }

  private static int rows(Statement statement, String sql) throws SQLException {
    int count = 0;
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        count++;
      }
    }
    return count;
  }

  @Test
  void batch_runsWhereEachIsAllowed() throws Exception {
    try (Statement statement = connection.createStatement()) {
      for (int i = 1; i <= 20; i++) {
        statement.addBatch("UPDATE item SET v = 1 WHERE id = " + i);
      }
      assertEquals(20, statement.executeBatch().length);
    }
    assertEquals("20", items("v = 1"));
  }

  @Test
  void batch_stopsAtTheOneThatIsOver() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("UPDATE item SET v = 2 WHERE id <= 5");
      statement.addBatch("DELETE FROM item WHERE id = 1"); // and ten parts
      statement.addBatch("UPDATE item SET v = 3 WHERE id = 9");
      BatchUpdateException e = assertThrows(BatchUpdateException.class, statement::executeBatch);
      assertTrue(String.valueOf(e.getMessage()).contains("rule many"), e.getMessage());
    }
    assertEquals("0", items("v = 3"));
    assertEquals("50", items("true"));
    assertEquals("500", database.truth("SELECT count(*) FROM part"));
  }

  @Test
  void preparedBatch_countsEachByItself() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("UPDATE item SET v = 4 WHERE id BETWEEN ? AND ?")) {
      for (int i = 0; i < 5; i++) {
        statement.setInt(1, 10 * i + 1);
        statement.setInt(2, 10 * i + 10);
        statement.addBatch();
      }
      assertEquals(5, statement.executeBatch().length);
      assertEquals("50", items("v = 4"));
      statement.setInt(1, 1);
      statement.setInt(2, 11);
      statement.addBatch();
      assertThrows(BatchUpdateException.class, statement::executeBatch);
    }
  }

  @Test
  void textOfSeveral_isUndoneAsAWhole() throws Exception {
    try (Statement statement = connection.createStatement()) {
      assertThrows(
          StatementRefusedException.class,
          () ->
              statement.execute(
                  "UPDATE item SET v = 5 WHERE id <= 3; DELETE FROM item WHERE id = 2"));
      assertEquals("0", items("v = 5"));
      statement.execute("UPDATE item SET v = 5 WHERE id <= 3; UPDATE item SET v = 5 WHERE id = 9");
      assertEquals("4", items("v = 5"));
    }
  }

  @Test
  void savepoint_keepsWhatCameBefore() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("UPDATE item SET v = 6 WHERE id <= 3");
      statement.execute("SAVEPOINT a");
      assertThrows(
          StatementRefusedException.class, () -> statement.execute("UPDATE item SET v = 7"));
      statement.execute("ROLLBACK TO a");
      statement.execute("UPDATE item SET v = 8 WHERE id = 50");
    }
    connection.commit();
    assertEquals("3", items("v = 6"));
    assertEquals("1", items("v = 8"));
  }

  @Test
  void returningInPieces_isCountedAtItsFirstRow() throws Exception {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(3);
      assertEquals(10, rows(statement, "UPDATE item SET v = 9 WHERE id <= 10 RETURNING id"));
      statement.execute("SAVEPOINT a");
      assertThrows(
          StatementRefusedException.class,
          () -> rows(statement, "UPDATE item SET v = 10 WHERE id <= 11 RETURNING id"));
      statement.execute("ROLLBACK TO a");
    }
    connection.commit();
    assertEquals("10", items("v = 9"));
    assertEquals("0", items("v = 10"));
  }

  @Test
  void returningThatNobodyReads_lasts() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(2);
      assertEquals(2, rows(statement, "UPDATE item SET v = 11 WHERE id <= 8 RETURNING id"));
    }
    assertEquals("8", items("v = 11"));
  }

  /** More rows than the policy lets a statement bring: the change is undone, and that is said. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE item SET v = 12 WHERE id <= 7 RETURNING id",
        "WITH c AS (UPDATE item SET v = 12 WHERE id <= 7 RETURNING id) SELECT id FROM c",
        "INSERT INTO item SELECT g, 12 FROM generate_series(61, 67) g RETURNING id"
      })
  void returningThatIsCut_isUndone(String sql) throws Exception {
    try (Connection brief = database.connect(Map.of("guard.agent", "brief"));
        Statement statement = brief.createStatement()) {
      SQLException over = assertThrows(SQLException.class, () -> rows(statement, sql));
      assertEquals("54000", over.getSQLState());
      assertTrue(String.valueOf(over.getMessage()).contains("is undone"), over.getMessage());
      assertEquals("0", items("v = 12"));
      brief.setAutoCommit(false);
      assertThrows(SQLException.class, () -> rows(statement, sql));
      brief.commit();
      assertEquals("0", items("v = 12"));
      brief.setAutoCommit(true);
      assertEquals(4, rows(statement, "UPDATE item SET v = 13 WHERE id <= 4 RETURNING id"));
      assertEquals("4", items("v = 13"));
    }
  }
}
