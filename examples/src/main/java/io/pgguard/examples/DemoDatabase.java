package io.pgguard.examples;

import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The demo's PostgreSQL with its schema and rows, and the configuration that points Guard at it.
 */
final class DemoDatabase {
  private final TestPostgres postgres;
  private final String name;
  private final Path directory;

  private DemoDatabase(TestPostgres postgres, String name, Path directory) {
    this.postgres = postgres;
    this.name = name;
    this.directory = directory;
  }

  /**
   * Starts PostgreSQL where none is given, loads the demo, and writes guard.yaml and policy.yaml
   * into the directory.
   */
  static DemoDatabase start(Path directory) throws SQLException, IOException {
    TestPostgres postgres = TestPostgres.shared();
    String name = postgres.createDatabase("demo");
    try (Connection connection = postgres.connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS agent_ro");
      statement.execute(resource("demo.sql"));
    }
    Files.writeString(directory.resolve("policy.yaml"), resource("policy.yaml"));
    Files.writeString(
        directory.resolve("guard.yaml"),
        """
        database:
          user: agent_ro
          password: { value: agent-secret }
        policy: policy.yaml
        audit: { directory: audit }
        recording: { directory: recordings }
        approval: { wait: 20s }
        """);
    return new DemoDatabase(postgres, name, directory);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DemoDatabase.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the resource " + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The URL that an agent uses: no credential in it. */
  String url() {
    return "jdbc:guard:postgresql://"
        + postgres.host()
        + ":"
        + postgres.port()
        + "/"
        + name
        + "?guard.config="
        + config();
  }

  Path config() {
    return directory.resolve("guard.yaml");
  }

  Path auditDirectory() {
    return directory.resolve("audit");
  }

  Path recordingDirectory() {
    return directory.resolve("recordings");
  }

  /** The server's host and port. */
  String address() {
    return postgres.host() + ":" + postgres.port();
  }

  /** The database's name. */
  String name() {
    return name;
  }

  /** How to reach the database without Guard. */
  String psql() {
    return "PGPASSWORD="
        + postgres.password()
        + " psql -h "
        + postgres.host()
        + " -p "
        + postgres.port()
        + " -U "
        + postgres.user()
        + " "
        + name;
  }

  /** Counts directly, past Guard, to check what really happened. */
  long count(String sql) throws SQLException {
    try (Connection connection = postgres.connect(name);
        Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }
}
