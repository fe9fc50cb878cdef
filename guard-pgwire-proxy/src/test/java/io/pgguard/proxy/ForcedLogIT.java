package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What changes something runs once its entry is on disk, and not at all where it cannot get there.
 */
class ForcedLogIT {
  private static final int WRITERS = 8;
  private static final int EACH = 15;
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", ", durability: strict"})
  void manyWriters_areLoggedOnceEachInOneChain(String audit) throws Exception {
    try (GuardedProxy guarded = new GuardedProxy("forced", directory, audit, "")) {
      ExecutorService clients = Executors.newFixedThreadPool(WRITERS);
      try {
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
          int writer = w;
          writers.add(clients.submit(() -> write(guarded, writer)));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
      } finally {
        clients.shutdown();
      }
      assertEquals(2 * WRITERS * EACH, notes(guarded).size());
      assertEquals(
          2 * WRITERS * EACH,
          guarded.logged("\"type\":\"StatementDecided\"", "INSERT INTO notes").size());
      assertEquals(
          2 * WRITERS * EACH, guarded.logged("\"type\":\"StatementCompleted\"", "INSERT").size());
    }
    LogLook.verifies(directory);
  }

  /** One by one, and as a batch that is sent at once. */
  private static Void write(GuardedProxy guarded, int writer) throws SQLException {
    try (Connection connection = guarded.connect("");
        Statement statement = connection.createStatement();
        PreparedStatement batch =
            connection.prepareStatement("INSERT INTO notes (body) VALUES (?)")) {
      for (int i = 0; i < EACH; i++) {
        statement.execute("INSERT INTO notes (body) VALUES ('simple " + writer + " " + i + "')");
        batch.setString(1, "batch " + writer + " " + i);
        batch.addBatch();
      }
      batch.executeBatch();
    }
    return null;
  }

  private static Set<String> notes(GuardedProxy guarded) throws SQLException {
    Set<String> bodies = new TreeSet<>();
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement();
        ResultSet rows = statement.executeQuery("SELECT body FROM notes")) {
      while (rows.next()) {
        bodies.add(rows.getString(1));
      }
    }
    return bodies;
  }

  @Test
  void logThatCannotBeForced_refusesAndNothingRuns() throws Exception {
    try (GuardedProxy guarded = new GuardedProxy("unforced", directory, "");
        Connection connection = guarded.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO notes (body) VALUES ('logged')");
      List<Path> all;
      try (Stream<Path> files = Files.walk(directory.resolve("audit"))) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
      for (String text :
          List.of(
              "INSERT INTO notes (body) VALUES ('unlogged')",
              "SELECT 1; INSERT INTO notes (body) VALUES ('unlogged')",
              "DELETE FROM notes")) {
        SQLException told = assertThrows(SQLException.class, () -> statement.execute(text), text);
        assertEquals("58030", told.getSQLState(), told.getMessage());
        assertTrue(
            String.valueOf(told.getMessage()).contains("Guard cannot log this statement"),
            told.getMessage());
      }
      assertEquals(Set.of("logged"), notes(guarded));
    }
  }

  @Test
  void clientsThatVanish_leaveNothingUnloggedAndEachStatementOneEnd() throws Exception {
    try (GuardedProxy guarded = new GuardedProxy("vanish", directory, "")) {
      List<CompletableFuture<Void>> gone = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Connection connection = guarded.connect("");
        String text = "INSERT INTO notes (body) VALUES ('vanish " + i + "')";
        gone.add(CompletableFuture.runAsync(() -> runOrLeave(connection, text)));
        connection.abort(Runnable::run);
      }
      gone.forEach(CompletableFuture::join);
      while (guarded.logged("\"type\":\"SessionClosed\"").size() < 20) {
        Thread.onSpinWait();
      }
      for (String body : notes(guarded)) {
        assertEquals(1, guarded.logged("\"type\":\"StatementDecided\"", "'" + body + "'").size());
      }
      LogLook.oneEndEach(guarded);
    }
    LogLook.verifies(directory);
  }

  private static void runOrLeave(Connection connection, String text) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    } catch (SQLException left) {
      assertTrue(
          left.getSQLState() == null
              || left.getSQLState().startsWith("08")
              || left.getSQLState().startsWith("57"),
          left.getSQLState() + " " + left.getMessage());
    }
  }
}
