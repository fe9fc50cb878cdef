package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.pgguard.GuardContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Pools and transaction managers over guarded connections. */
class PoolsIT {
  private static final String EMAIL = "SELECT email FROM customers WHERE id = 1";
  private static GuardedDatabase database;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("pools", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static HikariConfig byClassName() {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName("io.pgguard.jdbc.GuardDataSource");
    config.addDataSourceProperty("url", database.url());
    config.setMaximumPoolSize(1);
    return config;
  }

  @Test
  void twoPeopleOnOnePool_eachSeesTheirOwn() throws Exception {
    HikariConfig config = byClassName();
    config.addDataSourceProperty("scope", "required");
    config.addDataSourceProperty("subject", "pool@example.com");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (var scope = GuardContext.subject("bob@example.com", Set.of("compliance")).open();
          Connection bob = pool.getConnection()) {
        bob.setClientInfo("guard.intent", "an audit of bob's");
        assertEquals(GuardedDatabase.EMAIL, GuardedDatabase.first(bob, EMAIL));
      }
      try (var scope = GuardContext.subject("cleo@example.com").open();
          Connection cleo = pool.getConnection()) {
        assertEquals("a***@mail.example", GuardedDatabase.first(cleo, EMAIL + " AND 1 = 1"));
        assertInstanceOf(PGConnection.class, cleo.unwrap(PGConnection.class));
      }
      try (Connection nobody = pool.getConnection()) {
        assertThrows(SQLException.class, () -> GuardedDatabase.first(nobody, EMAIL));
      }
      assertEquals(1, pool.getHikariPoolMXBean().getTotalConnections());
    }
    assertEquals(1, database.logged("StatementDecided", "AND 1 = 1").size());
    assertTrue(database.logged("StatementDecided", "AND 1 = 1", "audit of bob").isEmpty());
  }

  @Test
  void refusedAndHeldStatements_leaveTheConnectionInThePool() throws Exception {
    HikariConfig config = byClassName();
    config.addDataSourceProperty("subject", "ana@example.com");
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (int i = 0; i < 3; i++) {
        try (Connection ana = pool.getConnection()) {
          assertThrows(
              StatementRefusedException.class,
              () -> GuardedDatabase.update(ana, "DROP TABLE notes"));
          assertThrows(
              StatementHeldException.class,
              () -> GuardedDatabase.update(ana, "UPDATE orders SET status = 'p' WHERE id = 1"));
        }
      }
    }
    assertEquals(1, database.logged("SessionOpened", "ana@example.com").size());
  }

  @Test
  void pooledConnection_forgetsWhatABorrowerSaid() throws Exception {
    GuardConnectionPoolDataSource source = new GuardConnectionPoolDataSource(database.url());
    source.setSubject("dan@example.com");
    PooledConnection pooled = source.getPooledConnection();
    try (Connection first = pooled.getConnection()) {
      first.setClientInfo("guard.intent", "the first one's");
      first.setAutoCommit(false);
      GuardedDatabase.first(first, "SELECT 1 AS pooled_first");
    }
    try (Connection next = pooled.getConnection()) {
      assertTrue(next.getAutoCommit());
      GuardedDatabase.first(next, "SELECT 1 AS pooled_next");
    }
    pooled.close();
    assertEquals(1, database.logged("StatementDecided", "pooled_first", "first one's").size());
    assertTrue(database.logged("StatementDecided", "pooled_next", "first one's").isEmpty());
    assertThrows(SQLException.class, () -> source.getPooledConnection("postgres", "x"));
  }

  private record Branch(int getFormatId, byte[] getGlobalTransactionId, byte[] getBranchQualifier)
      implements Xid {
    @Override
    public int getFormatId() {
      return getFormatId;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return getGlobalTransactionId;
    }

    @Override
    public byte[] getBranchQualifier() {
      return getBranchQualifier;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Branch branch
          && Arrays.equals(branch.getGlobalTransactionId, getGlobalTransactionId);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(getGlobalTransactionId);
    }
  }

  @Test
  void xaConnection_runsItsBranchesThroughTheGuard() throws Exception {
    GuardXADataSource source = new GuardXADataSource(database.url());
    source.setSubject("eve@example.com");
    XAConnection distributed = source.getXAConnection();
    XAResource resource = distributed.getXAResource();
    Xid branch = new Branch(1, new byte[] {1}, new byte[] {1});
    try (Connection connection = distributed.getConnection()) {
      resource.start(branch, XAResource.TMNOFLAGS);
      assertEquals("a***@mail.example", GuardedDatabase.first(connection, EMAIL));
      GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('by xa')");
      resource.end(branch, XAResource.TMSUCCESS);
      resource.commit(branch, true);
      assertEquals("1", database.truth("SELECT count(*) FROM notes WHERE body = 'by xa'"));
      Xid two = new Branch(1, new byte[] {2}, new byte[] {1});
      resource.start(two, XAResource.TMNOFLAGS);
      GuardedDatabase.update(connection, "INSERT INTO notes (body) VALUES ('prepared')");
      resource.end(two, XAResource.TMSUCCESS);
      assertThrows(XAException.class, () -> resource.prepare(two)); // the server's setting is 0
    }
    distributed.close();
    assertFalse(database.logged("StatementDecided", "PREPARE TRANSACTION").isEmpty());
  }

  @Test
  void abort_whileAStatementRuns_endsItAndTroublesNobody() throws Exception {
    Connection connection =
        new GuardDataSource(database.url())
            .with("guard.subject", "fay@example.com")
            .getConnection();
    String session = GuardedDatabase.first(connection, "SELECT pg_backend_pid()");
    CompletableFuture<Void> running =
        CompletableFuture.runAsync(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(0.9)");
              } catch (SQLException e) {
                throw new CompletionException(e);
              }
            });
    String sleeping =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(0.9)%' AND pid = "
            + session;
    while (!database.truth(sleeping).equals("1") && !running.isDone()) {
      Thread.onSpinWait();
    }
    connection.abort(Runnable::run); // throws nothing
    assertThrows(CompletionException.class, running::join);
    assertTrue(connection.isClosed());
    assertEquals(1, database.logged("SessionClosed", sessionOf("fay@example.com")).size());
  }

  private static String sessionOf(String subject) throws Exception {
    String opened = database.logged("SessionOpened", subject).get(0);
    return opened.replaceFirst(".*\"session\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void preparedBatch_thatIsHeld_tellsSo() throws Exception {
    try (Connection ana = database.connect();
        PreparedStatement statement =
            ana.prepareStatement("UPDATE orders SET status = 'pb' WHERE id = ?")) {
      statement.setInt(1, 20);
      statement.addBatch();
      statement.setInt(1, 21);
      statement.addBatch();
      SQLException e = assertThrows(SQLException.class, statement::executeBatch);
      assertInstanceOf(StatementHeldException.class, e.getCause());
    }
  }
}
