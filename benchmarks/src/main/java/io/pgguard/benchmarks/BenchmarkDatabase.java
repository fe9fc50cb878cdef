package io.pgguard.benchmarks;

import io.pgguard.catalog.CatalogQueries;
import io.pgguard.catalog.CatalogRow;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.catalog.DatabaseAccess;
import io.pgguard.identity.Principal;
import io.pgguard.jdbc.GuardDriver;
import io.pgguard.session.GuardSession;
import io.pgguard.session.SessionRequest;
import io.pgguard.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with customers and orders, and a Guard over it whose policy masks two columns
 * and which logs and records into a directory of its own.
 */
final class BenchmarkDatabase implements AutoCloseable {
  private static final String SCHEMA =
      """
      CREATE TABLE customers (id int PRIMARY KEY, name text, ssn text, email text, city text);
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int, total numeric, created timestamptz, status text);
      INSERT INTO customers SELECT i, 'Customer ' || i, to_char(i, 'FM000-00-0000'), 'c' || i || '@example.com', 'Oslo'
        FROM generate_series(1, 1000) i;
      INSERT INTO orders SELECT i, 1 + i % 1000, i % 97, now(), 'open' FROM generate_series(1, 10000) i;
      ANALYZE;
      """;
  private static final String POLICY =
      """
      version: 1
      classes:
        pii.ssn: { columns: ["*.customers.ssn"], mask: { partial: { keepLast: 4 } } }
        pii.email: { columns: ["*.customers.email"], mask: email }
      rules:
        - { id: no-truncate, when: { kind: truncate }, then: deny }
        - { id: unbounded, when: { kind: [update, delete], where: missing }, then: deny }
        - { id: reads, when: { kind: select }, then: allow, maxRows: 100000 }
        - { id: writes, when: { kind: [insert, update, delete] }, then: allow }
        - { id: changes, when: { kind: [ddl, session] }, then: allow }
      otherwise: deny
      """;

  private final TestPostgres postgres = TestPostgres.shared();
  private final String name;
  private final Path directory;

  private BenchmarkDatabase(Path directory) throws SQLException {
    this.directory = directory;
    this.name = postgres.createDatabase("benchmark");
  }

  static BenchmarkDatabase start() {
    return start("");
  }

  /**
   * @param more what its schema has besides
   */
  static BenchmarkDatabase start(String more) {
    return start(more, "");
  }

  /**
   * @param more what its schema has besides
   * @param rules what its policy has before its own
   */
  static BenchmarkDatabase start(String more, String rules) {
    try {
      Path directory = Files.createTempDirectory("guard-benchmark");
      BenchmarkDatabase database = new BenchmarkDatabase(directory);
      database.postgres.execute(database.name, SCHEMA + more);
      Files.writeString(
          directory.resolve("policy.yaml"), POLICY.replace("rules:\n", "rules:\n" + rules));
      Files.writeString(
          directory.resolve("guard.yaml"),
          "database: { user: '"
              + database.postgres.user()
              + "', password: { value: '"
              + database.postgres.password()
              + "' } }\npolicy: policy.yaml\naudit: { directory: audit }\nrecording: { directory: recordings }\n");
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection through PgJDBC alone, or through Guard. */
  Connection connect(boolean guarded) {
    return connect(guarded, null);
  }

  /** A connection through Guard, of an agent by that name. */
  Connection connectAs(String agent) {
    return connect(true, agent);
  }

  private Connection connect(boolean guarded, @Nullable String agent) {
    try {
      if (!guarded) {
        return postgres.connect(name);
      }
      Properties who = new Properties();
      who.setProperty("guard.subject", "ana@example.com");
      if (agent != null) {
        who.setProperty("guard.agent", agent);
      }
      String url =
          "jdbc:guard:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + name;
      return DriverManager.getConnection(
          url + "?guard.config=" + directory.resolve("guard.yaml"), who);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A session as an edge has it, without any edge. */
  GuardSession session() {
    return GuardDriver.guard(directory.resolve("guard.yaml"))
        .open(
            new SessionRequest(
                new Principal("ana@example.com", Set.of("analysts"), null, null),
                "core",
                new Access(this),
                postgres.user(),
                Map.of(),
                () -> {}));
  }

  @Override
  public void close() {
    GuardDriver.guard(directory.resolve("guard.yaml")).close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      postgres.dropDatabase(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Guard's own way to the database. */
  private record Access(BenchmarkDatabase of) implements DatabaseAccess {
    @Override
    public String address() {
      return of.postgres.host() + ":" + of.postgres.port() + "/" + of.name;
    }

    @Override
    public String database() {
      return of.name;
    }

    @Override
    public String user() {
      return of.postgres.user();
    }

    @Override
    public CatalogQueries connect() {
      return new Queries(of.connect(false));
    }

    @Override
    public void close() {}
  }

  private record Queries(Connection connection) implements CatalogQueries {
    @Override
    public void forEachRow(String sql, Consumer<CatalogRow> row) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(sql)) {
          ResultSet result = statement.getResultSet();
          while (result.next()) {
            row.accept(position -> text(result, position));
          }
        }
      } catch (SQLException e) {
        throw new CatalogUnavailableException("the query failed", e);
      }
    }

    private static String text(ResultSet result, int position) {
      try {
        return result.getString(position + 1);
      } catch (SQLException e) {
        throw new CatalogUnavailableException("the row cannot be read", e);
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new CatalogUnavailableException("the connection cannot be closed", e);
      }
    }
  }
}
