package io.pgguard.proxy;

import io.pgguard.testkit.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL of a test's own, which it may stop as it likes. */
final class OwnServer implements AutoCloseable {
  private final Path data;
  private final int connections;
  private EmbeddedPostgres server;

  OwnServer(Path data) throws IOException {
    this(data, 100);
  }

  /**
   * @param connections how many it takes
   */
  OwnServer(Path data, int connections) throws IOException {
    this.data = data;
    this.connections = connections;
    this.server = start(0);
  }

  private EmbeddedPostgres start(int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "" + connections);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  TestPostgres postgres() {
    return TestPostgres.at("postgresql://postgres:postgres@127.0.0.1:" + server.getPort());
  }

  /** Stops it as a crash would: every backend is ended where it is, and nothing is written. */
  void crash() throws IOException, InterruptedException {
    signal("QUIT", Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0)));
  }

  /** Starts it again, at the same port, once it is down. */
  void restart() throws IOException {
    while (Files.exists(data.resolve("postmaster.pid"))) {
      Thread.onSpinWait();
    }
    int port = server.getPort();
    server.close();
    server = start(port);
  }

  /** Sends one of the server's processes a signal. */
  static void signal(String name, long process) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process)).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + name + " " + process + " ended with " + kill.exitValue());
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
