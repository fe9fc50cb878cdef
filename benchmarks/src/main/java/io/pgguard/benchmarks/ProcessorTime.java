package io.pgguard.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What this process and the server's processes have taken of the processors, to the nanosecond, the
 * latter as Linux tells it ({@code /proc/PID/schedstat}). Other than elapsed time it does not grow
 * where others want the processors too. Of the server nothing where that runs elsewhere or Linux
 * does not tell. Not thread-safe.
 */
final class ProcessorTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Path> server = new ArrayList<>();

  /**
   * @param connections whose server processes count
   */
  ProcessorTime(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT pid FROM pg_catalog.pg_stat_activity"
                      + " WHERE datname = pg_catalog.current_database()")) {
        while (rows.next()) {
          Path process = Path.of("/proc", rows.getString(1), "schedstat");
          if (Files.isReadable(process) && !server.contains(process)) {
            server.add(process);
          }
        }
      }
    }
  }

  /** Of this process' Java threads until now, in nanoseconds; compiling is not in it. */
  static long own() {
    long sum = 0;
    for (long thread : THREADS.getAllThreadIds()) {
      sum += Math.max(0, THREADS.getThreadCpuTime(thread));
    }
    return sum;
  }

  /** Of the server until now, in nanoseconds. */
  long server() {
    long sum = 0;
    for (Path process : server) {
      sum += of(process);
    }
    return sum;
  }

  private static long of(Path file) {
    try {
      String told = Files.readString(file);
      return Long.parseLong(told.substring(0, told.indexOf(' ')));
    } catch (NoSuchFileException e) {
      return 0; // it has ended since
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
