package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In a transaction of the client's, a change waits for another session, which changes what that
 * change goes on to: it is not committed by what was decided before.
 */
class ChangedBeforeCommitIT {
  private GuardedDatabase database;

  @BeforeEach
  void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("commits", directory);
    database.policy(
        GuardedDatabase.POLICY.replace(
            "rules:\n",
            """
            rules:
              - { id: no-journal, when: { writes: ["public.journal"] }, then: deny }
            """));
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE parent (id int PRIMARY KEY, name text)",
            "CREATE TABLE child (id int, pid int REFERENCES parent ON DELETE CASCADE)",
            "CREATE TABLE journal (what text)",
            "INSERT INTO parent SELECT g, 'p' FROM generate_series(1, 5) g",
            "INSERT INTO child SELECT g, g FROM generate_series(1, 5) g",
            "CREATE FUNCTION tells() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN OLD; END $$",
            "CREATE TRIGGER told BEFORE DELETE ON child FOR EACH ROW EXECUTE FUNCTION tells()",
            "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + database.agent());
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Deletes a row, which has to wait for a table that the change goes on to; meanwhile others
   * change the catalog.
   */
  private void deleteBehind(Connection connection, String change) throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Connection holder = database.direct();
        Connection other = database.direct();
        Connection watch = database.direct()) {
      holder.setAutoCommit(false);
      run(
          connection,
          "UPDATE parent SET name = 'y' WHERE id = 5"); // Guard knows the catalog as it is
      run(holder, "LOCK TABLE child IN SHARE ROW EXCLUSIVE MODE"); // has no number of its own
      Future<?> waits =
          threads.submit(
              () -> {
                run(connection, "DELETE FROM parent WHERE id = 1");
                return 0;
              });
      String locked = "SELECT count(*) FROM pg_locks WHERE NOT granted";
      while (!waits.isDone() && GuardedDatabase.first(watch, locked).equals("0")) {
        Thread.onSpinWait();
      }
      run(other, change);
      holder.commit();
      waits.get(20, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void functionReplacedWhileItWaited_isNotCommitted() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      deleteBehind(
          connection,
          "CREATE OR REPLACE FUNCTION tells() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              + " INSERT INTO journal VALUES ('told'); RETURN OLD; END $$");
      SQLException refused = assertThrows(SQLException.class, connection::commit);
      assertEquals("0A000", refused.getSQLState());
      connection.rollback();
      assertEquals("0", database.truth("SELECT count(*) FROM journal"));
      assertEquals("1", database.truth("SELECT count(*) FROM child WHERE pid = 1"));
      assertEquals("50", GuardedDatabase.first(connection, "SELECT count(*) FROM cards"));
      connection.commit();
    }
  }

  @Test
  void whatChangesNothingOfIt_isCommitted() throws Exception {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      deleteBehind(connection, "CREATE TABLE unrelated (id int)");
      connection.commit();
      assertEquals("0", database.truth("SELECT count(*) FROM child WHERE pid = 1"));
      run(connection, "DELETE FROM parent WHERE id = 2");
      assertThrows(SQLException.class, () -> run(connection, "SELECT 1 / 0"));
      connection.commit(); // ends a failed transaction as the server would
      assertEquals("1", database.truth("SELECT count(*) FROM parent WHERE id = 2"));
    }
  }
}
