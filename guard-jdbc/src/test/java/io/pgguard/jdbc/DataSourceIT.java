package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What frameworks and pools do with data sources and connections. */
class DataSourceIT {
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("datasource", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static GuardDataSource source() {
    return new GuardDataSource(database.url()).with("guard.subject", "ana@example.com");
  }

  @Test
  void dataSource_opensGuardedConnections() throws Exception {
    GuardDataSource source = source();
    source.setLoginTimeout(20);
    assertEquals(20, source.getLoginTimeout());
    try (Connection connection = source.getConnection()) {
      assertEquals(
          "*******0001",
          GuardedDatabase.first(connection, "SELECT ssn FROM customers WHERE id = 1"));
    }
  }

  @Test
  void dataSource_refusesWhatGuardDoesNotDo() throws Exception {
    GuardDataSource source = source();
    SQLException e =
        assertThrows(
            SQLFeatureNotSupportedException.class, () -> source.getConnection("postgres", "x"));
    assertTrue(
        String.valueOf(e.getMessage()).contains("comes from the guard.config file"),
        e.getMessage());
    assertNull(source.getLogWriter());
    assertThrows(SQLFeatureNotSupportedException.class, () -> source.setLogWriter(null));
    assertThrows(SQLFeatureNotSupportedException.class, source::getParentLogger);
    assertSame(source, source.unwrap(DataSource.class));
    assertFalse(source.isWrapperFor(Connection.class));
    assertThrows(SQLException.class, () -> source.unwrap(Connection.class));
  }

  @Test
  void dataSource_otherUrl_isRefusedAtOnce() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new GuardDataSource("jdbc:postgresql://h/d"));
    assertTrue(
        String.valueOf(e.getMessage()).contains("begins with jdbc:guard:postgresql:"),
        e.getMessage());
  }

  @Test
  void driver_isFoundAndLeavesOtherUrlsAlone() throws Exception {
    GuardDriver driver = new GuardDriver();
    assertTrue(DriverManager.getDriver(database.url()) instanceof GuardDriver);
    assertNull(driver.connect("jdbc:postgresql://h/d", new Properties()));
    assertFalse(driver.acceptsURL("jdbc:postgresql://h/d"));
    assertEquals("guard.config", driver.getPropertyInfo(database.url(), new Properties())[0].name);
  }

  @Test
  void pool_settingsWork() throws Exception {
    try (Connection connection = source().getConnection()) {
      assertTrue(connection.isValid(5));
      connection.setNetworkTimeout(Runnable::run, 5_000);
      assertEquals(5_000, connection.getNetworkTimeout());
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      assertThrows(
          SQLException.class,
          () -> GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('ro')"));
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setReadOnly(false);
      connection.setCatalog(database.database());
      assertEquals(database.database(), connection.getCatalog());
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      assertEquals(Connection.TRANSACTION_SERIALIZABLE, connection.getTransactionIsolation());
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setSchema("public");
      assertEquals("public", connection.getSchema());
      connection.clearWarnings();
      assertEquals("50", GuardedDatabase.first(connection, "SELECT count(*) FROM orders"));
      connection.beginRequest();
      connection.endRequest();
    }
  }

  @Test
  void schemaBeforeTheSystems_isRefusedInWords() throws Exception {
    try (Connection connection = source().getConnection()) {
      SQLException e = assertThrows(SQLException.class, () -> connection.setSchema("pg_temp"));
      assertEquals("42501", e.getSQLState());
      assertTrue(
          String.valueOf(e.getMessage()).contains("search_path may not name pg_temp"),
          e.getMessage());
    }
  }

  @Test
  void abort_endsTheSessionAndItsRecording() throws Exception {
    Connection connection = source().getConnection();
    GuardedDatabase.first(connection, "SELECT 1");
    connection.abort(Runnable::run);
    assertTrue(connection.isClosed());
    assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, "SELECT 1"));
    connection.close();
    assertFalse(connection.isValid(1));
  }

  @Test
  void close_twice_isQuiet() throws Exception {
    Connection connection = source().getConnection();
    connection.close();
    connection.close();
    assertTrue(connection.isClosed());
  }
}
