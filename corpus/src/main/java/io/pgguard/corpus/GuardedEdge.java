package io.pgguard.corpus;

import io.pgguard.jdbc.GuardDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Guard's JDBC driver, with a configuration for the schema's owner and one for the superuser.
 * Immutable.
 */
final class GuardedEdge implements Edge, AutoCloseable {
  private final RedteamDatabase database;
  private final Path owner;
  private final Path superuser;

  /**
   * @param directory an empty directory for configurations, logs and recordings
   * @param policy the corpus's policy
   */
  GuardedEdge(RedteamDatabase database, Path directory, Path policy) throws IOException {
    this.database = database;
    this.owner = config(directory, "owner", policy, "app_owner", "app");
    CorpusServer server = database.server();
    this.superuser = config(directory, "superuser", policy, server.user(), server.password());
  }

  private static Path config(Path directory, String word, Path policy, String user, String password)
      throws IOException {
    Path file = directory.resolve(word + ".yaml");
    Files.writeString(
        file,
        """
        database: { user: %s, password: { value: %s } }
        policy: %s
        audit: { directory: %s, durability: os }
        recording: { directory: %s }
        approval: { wait: 1ms }
        """
            .formatted(
                user,
                password,
                policy.toAbsolutePath().normalize(),
                directory.resolve(word + "-audit"),
                directory.resolve(word + "-recordings")));
    return file;
  }

  @Override
  public String name() {
    return "guarded";
  }

  @Override
  public Connection open(boolean asSuperuser, Properties properties) throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("guard.config", (asSuperuser ? superuser : owner).toString());
    all.setProperty("guard.subject", "corpus@guard.test");
    CorpusServer server = database.server();
    return DriverManager.getConnection(
        "jdbc:guard:postgresql://" + server.host() + ":" + server.port() + "/" + database.name(),
        all);
  }

  /** Closes both Guards, so that their logs can be read. */
  @Override
  public void close() {
    GuardDriver.guard(owner).close();
    GuardDriver.guard(superuser).close();
  }
}
