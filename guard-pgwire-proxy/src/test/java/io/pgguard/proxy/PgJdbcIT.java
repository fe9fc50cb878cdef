package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PgJDBC through the proxy, in each of its ways to ask. */
class PgJdbcIT {
  @TempDir static Path directory;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    guarded = new GuardedProxy("pgjdbc", directory, "");
  }

  @AfterAll
  static void stop() throws SQLException {
    guarded.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?preferQueryMode=simple",
        "?preferQueryMode=extended",
        "?preferQueryMode=extendedForPrepared&prepareThreshold=1",
        "?binaryTransfer=false&prepareThreshold=1",
        "?protocolVersion=3.2",
      })
  void protectedColumn_comesMasked(String parameters) throws SQLException {
    try (Connection connection = guarded.connect(parameters);
        PreparedStatement statement =
            connection.prepareStatement("SELECT id, name, ssn FROM customers WHERE id = ?")) {
      for (int i = 1; i <= 7; i++) {
        statement.setInt(1, i);
        try (ResultSet result = statement.executeQuery()) {
          assertTrue(result.next());
          assertEquals(i, result.getInt(1));
          assertEquals("Customer " + i, result.getString(2));
          assertEquals("*******000" + i, result.getString(3));
        }
      }
    }
  }

  @Test
  void refusedStatement_isAnErrorAndTheConnectionGoesOn() throws SQLException {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      SQLException refused =
          assertThrows(SQLException.class, () -> statement.execute("DROP TABLE notes"));
      assertEquals("42501", refused.getSQLState());
      assertTrue(String.valueOf(refused.getMessage()).contains("no-drop"), refused.getMessage());
      try (ResultSet result = statement.executeQuery("SELECT count(*) FROM notes")) {
        assertTrue(result.next());
      }
    }
  }

  @Test
  void statement_isLoggedWithWhoAsked() throws SQLException, IOException {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 'logged over the wire'");
    }
    assertFalse(guarded.logged("logged over the wire").isEmpty());
    assertFalse(guarded.logged("ana@example.com", "\"proxy\"").isEmpty());
  }

  @Test
  void largeResult_comesWhole() throws SQLException {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(7);
      try (ResultSet result =
          statement.executeQuery("SELECT n, repeat('x', 1000) FROM generate_series(1, 900) n")) {
        int rows = 0;
        while (result.next()) {
          rows++;
          assertEquals(1000, result.getString(2).length());
        }
        assertEquals(900, rows);
      }
    }
  }

  @Test
  void wrongPasswordAndUnknownUser_areToldTheSame() {
    SQLException wrong = assertThrows(SQLException.class, () -> guarded.connect("ana", "not hers"));
    SQLException unknown =
        assertThrows(SQLException.class, () -> guarded.connect("nobody", "whatever"));
    assertEquals("28P01", wrong.getSQLState());
    assertEquals(
        String.valueOf(wrong.getMessage()).replace("ana", "NAME"),
        String.valueOf(unknown.getMessage()).replace("nobody", "NAME"));
  }

  @Test
  void cancel_breaksOffWhatRuns() throws Exception {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      Thread canceller =
          new Thread(
              () -> {
                try {
                  waitForSleep();
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      canceller.start();
      SQLException cancelled =
          assertThrows(SQLException.class, () -> statement.execute("SELECT pg_sleep(60)"));
      assertEquals("57014", cancelled.getSQLState());
      canceller.join();
      assertTrue(statement.execute("SELECT 1"));
    }
  }

  private static void waitForSleep() throws SQLException {
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement()) {
      boolean sleeps = false;
      while (!sleeps) {
        try (ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND datname ="
                    + " current_database() AND query LIKE 'SELECT pg_sleep%'")) {
          sleeps = result.next() && result.getInt(1) > 0;
        }
      }
    }
  }
}
