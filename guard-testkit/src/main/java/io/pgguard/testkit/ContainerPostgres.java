package io.pgguard.testkit;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Starts PostgreSQL in a container, where a Docker daemon answers. */
final class ContainerPostgres {
  private ContainerPostgres() {}

  static Optional<ServerAddress> start() {
    if (!daemonAnswers()) {
      return Optional.empty();
    }
    @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers' reaper stops it
    PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine");
    container.start();
    return Optional.of(
        new ServerAddress(
            container.getHost(),
            container.getMappedPort(5432),
            container.getUsername(),
            container.getPassword()));
  }

  private static boolean daemonAnswers() {
    if (!mayAnswer()) {
      return false;
    }
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } catch (RuntimeException e) {
      return false; // isDockerAvailable is documented to answer, but a broken client configuration
      // throws
    }
  }

  /**
   * Asking Testcontainers takes a second; without a socket or a DOCKER_HOST the answer is known.
   */
  private static boolean mayAnswer() {
    return System.getenv("DOCKER_HOST") != null
        || java.nio.file.Files.exists(java.nio.file.Path.of("/var/run/docker.sock"));
  }
}
