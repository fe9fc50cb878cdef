package io.pgguard.corpus.random;

import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A database with the corpus schema, and the ways to it: direct and guarded. */
final class CorpusDatabase implements AutoCloseable {
  /** How long a statement may run directly. */
  static final String TIME_LIMIT = "SET statement_timeout = 1500";

  private final TestPostgres server = TestPostgres.shared();
  private final Path corpus;
  private final String name;

  private CorpusDatabase(Path corpus, String name) {
    this.corpus = corpus;
    this.name = name;
  }

  /** A database with the corpus schema as it is. */
  static CorpusDatabase create(Path corpus) throws SQLException, IOException {
    CorpusDatabase database =
        new CorpusDatabase(corpus, TestPostgres.shared().createDatabase("random"));
    database.load(Files.readString(corpus.resolve("schema.sql")));
    return database;
  }

  private void load(String schema) throws SQLException {
    // a plan must not change between two runs of a statement
    server.execute(
        name,
        schema,
        "ALTER DATABASE \"" + name + "\" SET jit = off",
        """
        DO $$ DECLARE r regclass; BEGIN
          FOR r IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', r);
          END LOOP;
        END $$""",
        "VACUUM ANALYZE");
  }

  /** A direct connection as the schema's owner. */
  Connection direct() throws SQLException {
    Connection connection = DriverManager.getConnection(server.jdbcUrl(name), "app_owner", "app");
    try (Statement statement = connection.createStatement()) {
      statement.execute(TIME_LIMIT);
    }
    return connection;
  }

  /** A guarded connection; its files lie in {@code home}. */
  Connection guarded(Path home) throws SQLException, IOException {
    Path config = home.resolve(name + ".yaml");
    if (!Files.exists(config)) {
      Files.writeString(
          config,
          """
          database: { user: app_owner, password: { value: app } }
          policy: %s
          audit: { directory: %s }
          recording: { directory: %s }
          approval: { wait: 1ms }
          """
              .formatted(
                  corpus.resolve("policy.yaml"),
                  home.resolve(name + "-audit"),
                  home.resolve(name + "-recording")));
    }
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "random");
    return DriverManager.getConnection(
        "jdbc:guard:postgresql://"
            + server.host()
            + ":"
            + server.port()
            + "/"
            + name
            + "?guard.config="
            + config,
        properties);
  }

  @Override
  public void close() throws SQLException {
    server.dropDatabase(name);
  }
}
