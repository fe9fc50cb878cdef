package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.proxy.database.NeverOnALoop;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The flight recorder sees each wait of each thread, however short: for a lock, a task, a socket, a
 * disk. None of them is a loop's, whatever its sessions do.
 */
class LoopsNeverWaitIT {
  private static final int SESSIONS = 4;
  private static final int TIMES = 60;

  private static final List<String> WAITS =
      List.of(
          "jdk.ThreadPark",
          "jdk.ThreadSleep",
          "jdk.JavaMonitorEnter",
          "jdk.JavaMonitorWait",
          "jdk.SocketRead",
          "jdk.SocketWrite",
          "jdk.FileForce",
          "jdk.FileRead");

  /** Whose monitors guard fields in memory. */
  private static final List<String> MOMENTS =
      List.of(
          "io.netty.",
          "java.util.concurrent.ConcurrentHashMap.",
          "io.pgguard.audit.Forces.whenOver",
          "io.pgguard.guess.GuessesInMemory.",
          "io.pgguard.proxy.login.FailedLogins.",
          "io.pgguard.proxy.server.Places.");

  @TempDir Path directory;

  @Test
  void noLoopWaits() throws Exception {
    List<RecordedEvent> waits;
    try (GuardedProxy guarded = new GuardedProxy("loops", directory, "");
        Recording recording = new Recording()) {
      WAITS.forEach(wait -> recording.enable(wait).withThreshold(Duration.ZERO).withStackTrace());
      recording.start();
      waitOnLoopOfTheTest();
      work(guarded);
      recording.stop();
      Path file = directory.resolve("waits.jfr");
      recording.dump(file);
      waits = RecordingFile.readAllEvents(file);
    }
    assertTrue(
        waits.stream().anyMatch(wait -> isOf(wait, "guard-worker")), "workers wait for the server");
    for (String kind : List.of("jdk.ThreadPark", "jdk.FileForce", "jdk.FileRead")) {
      assertTrue(
          waits.stream()
              .anyMatch(
                  wait ->
                      isOf(wait, NeverOnALoop.THREADS + "-test")
                          && wait.getEventType().getName().equals(kind)),
          "the recorder sees " + kind);
    }
    List<String> ofLoops = new ArrayList<>();
    for (RecordedEvent wait : waits) {
      if (isOf(wait, NeverOnALoop.THREADS)
          && !isOf(wait, NeverOnALoop.THREADS + "-test")
          && !isMoment(wait)) {
        ofLoops.add(told(wait));
      }
    }
    assertEquals(List.of(), ofLoops);
  }

  /** Shows that the recorder would see a loop's waits. */
  private void waitOnLoopOfTheTest() throws InterruptedException {
    Path file = directory.resolve("forced");
    Thread loop =
        new Thread(
            () -> {
              LockSupport.parkNanos(1);
              try (RandomAccessFile forced = new RandomAccessFile(file.toFile(), "rw")) {
                forced.write(1);
                forced.seek(0);
                assertEquals(1, forced.read());
                forced.getChannel().force(true);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            NeverOnALoop.THREADS + "-test");
    loop.start();
    loop.join();
  }

  private static boolean isOf(RecordedEvent wait, String threads) {
    return wait.getThread() != null
        && wait.getThread().getJavaName() != null
        && wait.getThread().getJavaName().startsWith(threads);
  }

  private static String told(RecordedEvent wait) {
    return wait.getEventType().getName()
        + " of "
        + (wait.getThread() == null ? "" : wait.getThread().getJavaName())
        + (wait.hasField("path") ? " at " + wait.getString("path") : "")
        + "\n"
        + types(wait).stream().map(type -> "  " + type + "\n").collect(Collectors.joining());
  }

  private static List<String> types(RecordedEvent wait) {
    return wait.getStackTrace() == null
        ? List.of()
        : wait.getStackTrace().getFrames().stream()
            .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
            .toList();
  }

  /**
   * What no one can hold for longer than it takes to change a few fields, or to hand an entry of
   * the log, which has one order, to the operating system, which is not the disk. And what the
   * virtual machine does when a class is first used, or for random numbers.
   */
  private boolean isMoment(RecordedEvent wait) {
    List<String> by = types(wait);
    if (by.stream().anyMatch(one -> one.startsWith("java.lang.ClassLoader."))) {
      return true;
    }
    return switch (wait.getEventType().getName()) {
      case "jdk.JavaMonitorEnter", "jdk.JavaMonitorWait" ->
          wait.getClass("monitorClass").getName().equals("[I") // a class is made ready
              || !by.isEmpty() && MOMENTS.stream().anyMatch(by.get(0)::startsWith);
      case "jdk.ThreadPark" ->
          by.contains("io.pgguard.audit.FileAuditLog.write")
              || by.contains("io.pgguard.audit.Forces.forceSoon") // hands a task over
              || by.contains("io.pgguard.proxy.server.Workers.execute"); // so does this
      case "jdk.FileRead" -> !wait.getString("path").startsWith(directory.toString());
      default -> false;
    };
  }

  private static void work(GuardedProxy guarded) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(SESSIONS);
    try {
      List<Future<?>> sessions = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        int session = i;
        sessions.add(clients.submit(() -> session(guarded, session)));
      }
      for (int i = 0; i < 5; i++) {
        try (Connection direct = guarded.direct();
            Statement ddl = direct.createStatement()) {
          ddl.execute("CREATE TABLE other_" + i + " (id int)");
        }
        Path policy = guarded.directory().resolve("policy.yaml");
        Files.writeString(policy, GuardedProxy.POLICY + "# " + i + "\n");
        Files.setLastModifiedTime(policy, FileTime.fromMillis(i));
      }
      for (Future<?> session : sessions) {
        session.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static Void session(GuardedProxy guarded, int number) throws SQLException, IOException {
    for (String mode : List.of("", "?preferQueryMode=simple", "?prepareThreshold=1")) {
      try (Connection connection = guarded.connect(mode);
          Statement statement = connection.createStatement()) {
        for (int i = 0; i < TIMES; i++) {
          once(connection, statement, number, i);
        }
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copy.copyIn("COPY notes (body) FROM STDIN", new StringReader("copied\n"));
        statement.setQueryTimeout(1); // then the client cancels what waits for people
        String held = "UPDATE notes SET body = 'held" + mode + "' WHERE id = " + number;
        assertThrows(SQLException.class, () -> statement.execute(held));
      }
    }
    return null;
  }

  private static void once(Connection connection, Statement statement, int number, int i)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT name, ssn FROM customers WHERE id = 1")) {
      assertTrue(rows.next());
      assertFalse(rows.getString(2).startsWith("901"), "masked");
    }
    statement.execute("SELECT " + i + " FROM customers c" + i + " WHERE id < " + i);
    statement.execute("INSERT INTO notes (body) VALUES ('" + number + " " + i + "')");
    assertThrows(SQLException.class, () -> statement.execute("DROP TABLE notes"));
    assertThrows(SQLException.class, () -> statement.execute("SELECT nothing FROM customers"));
    connection.setAutoCommit(false);
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT city FROM customers WHERE id = ?")) {
      prepared.setInt(1, i);
      prepared.executeQuery().close();
      connection.commit();
      prepared.setInt(1, i + 1);
      prepared.executeQuery().close();
      connection.rollback();
    }
    connection.setAutoCommit(true);
  }
}
