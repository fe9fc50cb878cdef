package io.pgguard.corpus;

import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL that corpora are run on. Immutable.
 *
 * @param name how reports call it
 * @param host its host
 * @param port its port
 * @param user a superuser
 * @param password the superuser's password
 * @param own whether it runs for these tests alone, so that lines may touch the whole server
 */
public record CorpusServer(
    String name, String host, int port, String user, String password, boolean own) {

  /** The server of the test kit. */
  public static CorpusServer shared() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    return named(
        server.host(),
        server.port(),
        server.user(),
        server.password(),
        TestPostgres.given().isEmpty());
  }

  /** A server, named by the version that it reports. */
  static CorpusServer named(String host, int port, String user, String password, boolean own)
      throws SQLException {
    CorpusServer unnamed = new CorpusServer("", host, port, user, password, own);
    try (Connection connection = unnamed.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_version")) {
      row.next();
      String version = row.getString(1).replaceAll("[ (].*", "");
      return new CorpusServer("postgresql-" + version, host, port, user, password, own);
    }
  }

  /** A direct connection as superuser. */
  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), user, password);
  }

  String url(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return name;
  }
}
