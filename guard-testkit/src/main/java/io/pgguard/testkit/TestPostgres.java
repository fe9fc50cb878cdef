package io.pgguard.testkit;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for tests: the server that {@code -Dguard.postgres} or the environment's {@code
 * GUARD_TEST_POSTGRES_URL} names, else a container where a Docker daemon answers, else the embedded
 * binaries. One server serves a whole JVM; each test class takes a database of its own.
 * Thread-safe.
 */
public final class TestPostgres {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final String host;
  private final int port;
  private final String user;
  private final String password;

  private TestPostgres(String host, int port, String user, String password) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
  }

  private static final class Shared {
    static final TestPostgres INSTANCE = start();
  }

  /**
   * The server that this JVM's tests share; started at the first call, stopped when the JVM ends.
   */
  public static TestPostgres shared() {
    return Shared.INSTANCE;
  }

  private static TestPostgres start() {
    Optional<String> given = given();
    if (given.isPresent()) {
      return at(given.get());
    }
    return ContainerPostgres.start()
        .or(EmbeddedServer::start)
        .map(s -> new TestPostgres(s.host(), s.port(), s.user(), s.password()))
        .orElseThrow(() -> new IllegalStateException("no PostgreSQL could be started"));
  }

  /** The URL of the server that tests are told to use; empty where they start one of their own. */
  public static Optional<String> given() {
    return Optional.ofNullable(System.getProperty("guard.postgres"))
        .filter(url -> !url.isBlank())
        .or(() -> Optional.ofNullable(System.getenv("GUARD_TEST_POSTGRES_URL")))
        .filter(url -> !url.isBlank());
  }

  /**
   * A server that runs already.
   *
   * @param url {@code postgresql://user:password@host:port}, a superuser's
   * @throws IllegalArgumentException when the URL does not have that form
   */
  public static TestPostgres at(String url) {
    URI uri = URI.create(url.startsWith("jdbc:") ? url.substring(5) : url);
    String info = uri.getUserInfo();
    int colon = info == null ? -1 : info.indexOf(':');
    if (info == null || colon < 0 || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "the server's URL must look like postgresql://user:password@host:port, not " + url);
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new TestPostgres(
        uri.getHost(), port, info.substring(0, colon), info.substring(colon + 1));
  }

  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** A superuser's name. */
  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** The PgJDBC URL of a database, without credentials. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** A direct connection as superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), user, password);
  }

  /** Makes a new, empty database and returns its name, which begins with the given word. */
  public String createDatabase(String word) throws SQLException {
    String name =
        word.toLowerCase(Locale.ROOT)
            + "_"
            + ProcessHandle.current().pid()
            + "_"
            + NEXT.incrementAndGet();
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE \"" + name + "\" ENCODING 'UTF8' TEMPLATE template0");
    }
    return name;
  }

  /** Runs statements as superuser, each on its own. */
  public void execute(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Drops a database and ends whoever uses it. */
  public void dropDatabase(String database) throws SQLException {
    execute("postgres", "DROP DATABASE IF EXISTS \"" + database + "\" WITH (FORCE)");
  }
}
