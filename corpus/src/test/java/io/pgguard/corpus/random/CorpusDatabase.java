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
import java.util.function.UnaryOperator;

/** A database with the corpus schema, and the ways to it: direct and guarded. */
final class CorpusDatabase implements AutoCloseable {
  private final TestPostgres server = TestPostgres.shared();
  private final Path corpus;
  private final String name;

  CorpusDatabase(Path corpus) throws SQLException, IOException {
    this(corpus, schema -> schema);
  }

  /** The database with a changed schema text. */
  CorpusDatabase(Path corpus, UnaryOperator<String> change) throws SQLException, IOException {
    this.corpus = corpus;
    this.name = server.createDatabase("random");
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute(change.apply(Files.readString(corpus.resolve("schema.sql"))));
      // a plan must not change between the direct and the guarded run of a statement
      statement.execute("ALTER DATABASE \"" + name + "\" SET jit = off");
      statement.execute(
          """
          DO $$ DECLARE r regclass; BEGIN
            FOR r IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace LOOP
              EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', r);
            END LOOP;
          END $$""");
      statement.execute("VACUUM ANALYZE");
    }
  }

  /** A direct connection as the schema's owner. */
  Connection direct() throws SQLException {
    Connection connection = DriverManager.getConnection(server.jdbcUrl(name), "app_owner", "app");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = 1500");
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
              .formatted(corpus.resolve("policy.yaml"), home.resolve(name + "-audit"), home.resolve(name + "-recording")));
    }
    Properties properties = new Properties();
    properties.setProperty("guard.subject", "random");
    return DriverManager.getConnection(
        "jdbc:guard:postgresql://" + server.host() + ":" + server.port() + "/" + name + "?guard.config=" + config, properties);
  }

  @Override
  public void close() throws SQLException {
    server.dropDatabase(name);
  }
}
