package io.pgguard.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.approval.ApprovalCase;
import io.pgguard.approval.ApprovalStore;
import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.ApprovalStoreLocation;
import io.pgguard.testkit.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedStoreIT extends StoreContract {
  private static final TestPostgres SERVER = TestPostgres.shared();
  private String database;
  private ApprovalStore store;
  private ApprovalStore other;

  @BeforeEach
  void open() throws SQLException {
    database = SERVER.createDatabase("control");
    store = new StoreProvider().open(location(SERVER.password()));
    other = new StoreProvider().open(location(SERVER.password()));
  }

  private ApprovalStoreLocation location(String password) {
    return new ApprovalStoreLocation.PostgreSql(
        List.of(SERVER.host() + ":" + SERVER.port()),
        database,
        "guard",
        SERVER.user(),
        () -> password,
        "disable",
        null);
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
    other.close();
    SERVER.dropDatabase(database);
  }

  @Override
  ApprovalStore store() {
    return store;
  }

  @Override
  ApprovalStore other() {
    return other;
  }

  @Override
  String racesProperty() {
    return "guard.races.shared";
  }

  /** Every connection is ended; then it is heard that anything may have changed. */
  @Test
  void lostConnection_isOpenedAnewAndTellsOfIt() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    CountDownLatch unsure = new CountDownLatch(1);
    store.subscribe(
        id -> {
          if (id == null) {
            unsure.countDown();
          } else {
            heard.countDown();
          }
        });
    SERVER.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
            + database
            + "'");
    assertTrue(unsure.await(1, TimeUnit.MINUTES));
    ApprovalCase whole = Cases.whole(new Random(1));
    other.add(whole, one -> false, () -> {});
    assertTrue(heard.await(1, TimeUnit.MINUTES));
    assertEquals(List.of(whole), store.latest(null, 9));
  }

  @Test
  void failure_showsNothingThatIsStored() throws SQLException {
    ApprovalCase whole = Cases.whole(new Random(1));
    SERVER.execute(
        database, "ALTER TABLE guard.approval_request ADD CONSTRAINT none CHECK (statement = '')");
    String message =
        String.valueOf(
            assertThrows(
                    ApprovalStoreException.class, () -> store.add(whole, one -> false, () -> {}))
                .getMessage());
    assertTrue(message.endsWith("failed (SQLSTATE 23514)"), message);
  }

  @Test
  void newerTables_areNotTouched() throws SQLException {
    SERVER.execute(
        database,
        "UPDATE guard.approval_request SET form = 2",
        "INSERT INTO guard.approval_request"
            + " (id, statement, person, settled, ends_at, version, form, request, outcome)"
            + " VALUES ('apr-new', '', '', false, 0, 0, 2, '{}', '{}')");
    String message =
        String.valueOf(
            assertThrows(ApprovalStoreException.class, () -> store.find("apr-new")).getMessage());
    assertTrue(message.contains("stored in form 2"), message);
  }

  /** A used approval must be on disk, whatever the server's default is. */
  @Test
  void serverThatDoesNotWaitForTheDisk_isToldTo() throws SQLException {
    SERVER.execute("postgres", "ALTER DATABASE \"" + database + "\" SET synchronous_commit = off");
    try (SharedDatabase fresh =
        SharedDatabase.open((ApprovalStoreLocation.PostgreSql) location(SERVER.password()))) {
      try (var connection = fresh.connections().getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery("SHOW synchronous_commit")) {
        assertTrue(row.next());
        assertEquals("on", row.getString(1));
      }
    }
  }
}
