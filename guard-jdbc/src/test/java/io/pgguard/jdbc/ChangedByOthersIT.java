package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Another session changes the catalog without Guard, between two runs of one statement or while it
 * waits: what comes is never judged by what names meant before.
 */
class ChangedByOthersIT {
  private static final String SWAP =
      "ALTER TABLE member RENAME note TO x; ALTER TABLE member RENAME email TO note;"
          + " ALTER TABLE member RENAME x TO email";

  private GuardedDatabase database;

  @BeforeEach
  void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("others", directory);
    database.policy(
        GuardedDatabase.POLICY
            .replaceAll("detectors: .*\n", "") // names alone have to tell
            .replace("*.customers.ssn", "*.secrets.body")
            .replace("mask: { partial: { keepLast: 4 } }", "mask: redact")
            .replace("mask: email", "mask: redact")
            .replace("maxRows: 40", "maxRows: 400"));
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE member (id int PRIMARY KEY, note text, email text)",
            "INSERT INTO member VALUES (1, 'told', 'hush'), (2, 'told', 'hush')",
            "CREATE VIEW seen AS SELECT id, note FROM member",
            "CREATE VIEW seen_again AS SELECT id, note AS n FROM seen",
            "CREATE TABLE secrets (id int, body text)",
            "CREATE TABLE plain (id int, body text)",
            "INSERT INTO secrets VALUES (1, 'hush')",
            "INSERT INTO plain VALUES (1, 'told')",
            "CREATE FUNCTION told(int) RETURNS text LANGUAGE sql STABLE AS 'SELECT ''free'''",
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + database.agent());
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  /** All values of a result, in one text; or what the server or Guard said instead. */
  private static String values(ResultSet result) throws SQLException {
    StringBuilder all = new StringBuilder();
    while (result.next()) {
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        all.append(result.getString(i)).append(' ');
      }
    }
    return all.toString();
  }

  private static String run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return values(result);
    } catch (SQLException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM member | ALTER TABLE member ADD COLUMN \"Email\" text DEFAULT 'late' | late",
        "SELECT m FROM member m | ALTER TABLE member ADD COLUMN \"Email\" text DEFAULT 'late' | late",
        "SELECT row_to_json(m) FROM member m | ALTER TABLE member ADD \"Email\" text DEFAULT 'late' | late",
        "SELECT * FROM seen | CREATE OR REPLACE VIEW seen AS SELECT id, note, email AS more FROM member | hush",
        "SELECT * FROM seen | CREATE OR REPLACE VIEW seen AS SELECT id, email AS note FROM member | hush",
        "SELECT upper(note) FROM seen | CREATE OR REPLACE VIEW seen AS SELECT id, email AS note FROM member | hush",
        "SELECT upper(n) FROM seen_again | CREATE OR REPLACE VIEW seen AS SELECT id, email AS note FROM member"
            + " | hush",
        "SELECT * FROM plain | ALTER TABLE plain RENAME body TO email | told",
        "SELECT p FROM plain p | ALTER TABLE plain RENAME body TO email | told",
        "SELECT email FROM member | " + SWAP + " | told",
        "SELECT * FROM member | " + SWAP + " | told",
        "SELECT upper(email) FROM member | " + SWAP + " | told",
        "SELECT body FROM secrets | ALTER TABLE plain RENAME TO x; ALTER TABLE secrets RENAME TO plain;"
            + " ALTER TABLE x RENAME TO secrets | told",
        "SELECT upper(body) FROM secrets | ALTER TABLE plain RENAME TO x;"
            + " ALTER TABLE secrets RENAME TO plain; ALTER TABLE x RENAME TO secrets | told",
        "SELECT told(1) | CREATE OR REPLACE FUNCTION told(int) RETURNS text LANGUAGE sql STABLE AS"
            + " 'SELECT email FROM public.member WHERE id = $1' | hush",
        "SELECT body FROM plain | ALTER TABLE plain RENAME body TO email; ALTER TABLE plain ADD body text"
            + " DEFAULT 'new' | told"
      })
  void changedBetweenTwoRuns_bringsNothingProtected(String sql, String change, String secret)
      throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement prepared = connection.prepareStatement(sql)) {
      run(connection, sql);
      for (int i = 0; i < 8; i++) {
        run(prepared); // from the sixth on the server's own plan is kept
      }
      database.postgres().execute(database.database(), change.split("; "));
      for (int i = 0; i < 3; i++) {
        hides(secret, run(prepared));
        hides(secret, run(connection, sql));
      }
    }
  }

  private static void hides(String secret, String shown) {
    assertFalse(shown.toLowerCase(Locale.ROOT).contains(secret), shown);
  }

  private static String run(PreparedStatement prepared) {
    try (ResultSet result = prepared.executeQuery()) {
      return values(result);
    } catch (SQLException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  @Test
  void changedWhileItWaits_theDecisionIsMadeAnew() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection connection = database.connect();
        Connection other = database.direct();
        Connection watch = database.direct();
        Statement changing = other.createStatement()) {
      run(connection, "SELECT upper(body) FROM plain");
      other.setAutoCommit(false);
      changing.execute("ALTER TABLE plain RENAME body TO email");
      changing.execute("ALTER TABLE plain ADD body text DEFAULT 'new'");
      Future<String> waits =
          threads.submit(() -> run(connection, "SELECT * FROM plain ORDER BY id"));
      String locked = "SELECT count(*) FROM pg_locks WHERE NOT granted";
      while (GuardedDatabase.first(watch, locked).equals("0")) {
        Thread.onSpinWait();
      }
      other.commit();
      String shown = waits.get(20, TimeUnit.SECONDS);
      hides("told", shown);
      String again = run(connection, "SELECT * FROM plain");
      hides("told", again);
      assertTrue(again.contains("new"), again);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingOfItChanged_theSameStatementGoesOn() throws Exception {
    try (Connection connection = database.connect();
        PreparedStatement prepared =
            connection.prepareStatement("SELECT note FROM member ORDER BY id")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 10; i++) {
        try (ResultSet result = prepared.executeQuery()) {
          assertEquals("told told ", values(result));
        }
        database
            .postgres()
            .execute(
                database.database(),
                "CREATE TABLE other" + i + " (id int PRIMARY KEY, email text)",
                "CREATE OR REPLACE VIEW elsewhere AS SELECT 1 AS one FROM other" + i);
      }
      connection.commit();
    }
  }

  @Test
  void addedColumn_isKnownAtOnceByItsName() throws Exception {
    try (Connection connection = database.connect()) {
      assertTrue(run(connection, "SELECT extra FROM member").contains("extra"));
      database
          .postgres()
          .execute(database.database(), "ALTER TABLE member ADD extra text DEFAULT 'seen'");
      assertEquals("seen seen ", run(connection, "SELECT extra FROM member"));
      assertEquals("SEEN SEEN ", run(connection, "SELECT upper(extra) FROM member"));
    }
  }
}
