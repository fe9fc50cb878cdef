package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A protected value is masked in whatever form a statement brings it back. */
class MaskedQueriesIT {
  private static final String MASKED = "*******0001";
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("queries", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          *******0001         ~ SELECT ssn AS city FROM customers WHERE id = 1
          *******0001 ~ WITH p AS (SELECT id, ssn AS tax FROM customers) SELECT tax FROM p WHERE id = 1
          *******0001         ~ SELECT t.x FROM (SELECT ssn AS x, id FROM customers) t WHERE t.id = 1
          a***@mail.example ~ SELECT reach_at FROM customer_contacts WHERE id = 1
          [redacted]          ~ SELECT upper(email) FROM customers WHERE id = 1
          [redacted]          ~ SELECT 'ssn: ' || ssn FROM customers WHERE id = 1
          [redacted]          ~ SELECT ssn::varchar FROM customers WHERE id = 1
          *******0001         ~ SELECT coalesce(ssn, 'none') FROM customers WHERE id = 1
          [redacted]          ~ SELECT max(ssn) FROM customers
          [redacted]          ~ SELECT string_agg(email, ',') FROM customers
          400000******7919 ~ SELECT pan FROM cards WHERE id = 1
          Customer 1          ~ SELECT contact FROM customer_contacts WHERE id = 1
          40                  ~ SELECT count(ssn) FROM customers WHERE id <= 40
          """)
  void select_showsAtMost(String expected, String sql) throws Exception {
    assertEquals(expected, GuardedDatabase.first(connection, sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      textBlock =
          """
          SELECT 'x' AS v UNION ALL (SELECT ssn FROM customers ORDER BY id LIMIT 2)
          SELECT (SELECT ssn FROM customers WHERE id = 1)
          SELECT c FROM customers c WHERE id = 1
          SELECT to_jsonb(c) FROM customers c WHERE id = 1
          SELECT array_agg(ssn) FROM customers
          SELECT lag(ssn) OVER (ORDER BY id) FROM customers WHERE id < 30
          SELECT * FROM customers AS t(a, b, c, d, e) WHERE a = 1
          TABLE customers LIMIT 30
          """)
  void select_neverShowsTheValue(String sql) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          assertFalse(String.valueOf(row.getString(i)).contains("901-02"), row.getString(i));
        }
      }
    } catch (StatementRefusedException refused) {
      assertEquals("42501", refused.getSQLState()); // refusing is safe as well
    }
  }

  @Test
  void returning_masked() throws Exception {
    assertEquals(
        "*******0002",
        GuardedDatabase.first(
            connection, "UPDATE customers SET city = 'Riga' WHERE id = 2 RETURNING ssn"));
    assertEquals(
        "*******9999",
        GuardedDatabase.first(
            connection,
            "INSERT INTO customers (id, name, ssn, email, city)"
                + " VALUES (9999, 'New', '901-02-9999', 'n@mail.example', 'Oslo') RETURNING ssn"));
    assertEquals(
        "*******9999",
        GuardedDatabase.first(connection, "DELETE FROM customers WHERE id = 9999 RETURNING ssn"));
    assertEquals("Riga", database.truth("SELECT city FROM customers WHERE id = 2"));
  }

  @Test
  void generatedKeys_masked() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO customers (id, name, ssn, email, city) VALUES (?, 'K', ?, 'k@mail.example', 'Oslo')",
            new String[] {"id", "ssn"})) {
      statement.setInt(1, 8000);
      statement.setString(2, "901-02-8000");
      assertEquals(1, statement.executeUpdate());
      try (ResultSet keys = statement.getGeneratedKeys()) {
        assertTrue(keys.next());
        assertEquals(8000, keys.getInt(1));
        assertEquals("*******8000", keys.getString(2));
      }
    }
  }

  @Test
  void prepareAndExecute_masked() throws Exception {
    GuardedDatabase.update(
        connection, "PREPARE one(int) AS SELECT ssn FROM customers WHERE id = $1");
    assertEquals(MASKED, GuardedDatabase.first(connection, "EXECUTE one(1)"));
    GuardedDatabase.update(connection, "DEALLOCATE one");
  }

  @Test
  void declareAndFetch_masked() throws Exception {
    connection.setAutoCommit(false);
    GuardedDatabase.update(
        connection, "DECLARE c CURSOR FOR SELECT ssn FROM customers ORDER BY id");
    assertEquals(MASKED, GuardedDatabase.first(connection, "FETCH NEXT FROM c"));
    GuardedDatabase.update(connection, "CLOSE c");
    connection.commit();
  }

  @Test
  void copyToStdout_masked() throws Exception {
    PGConnection copying = connection.unwrap(PGConnection.class);
    StringWriter out = new StringWriter();
    long rows =
        copying
            .getCopyAPI()
            .copyOut("COPY (SELECT id, ssn FROM customers WHERE id = 1) TO STDOUT", out);
    assertEquals(1, rows);
    assertEquals("1\t" + MASKED + "\n", out.toString());
  }

  @Test
  void copyFromStdin_arrivesWhole() throws Exception {
    PGConnection copying = connection.unwrap(PGConnection.class);
    long rows =
        copying
            .getCopyAPI()
            .copyIn("COPY notes (body) FROM STDIN", new StringReader("copied one\ncopied two\n"));
    assertEquals(2, rows);
    assertEquals("2", database.truth("SELECT count(*) FROM notes WHERE body LIKE 'copied %'"));
  }

  @Test
  void listenAndNotify_delivered() throws Exception {
    GuardedDatabase.update(connection, "LISTEN orders_changed");
    GuardedDatabase.update(connection, "NOTIFY orders_changed, 'order 7'");
    GuardedDatabase.first(connection, "SELECT 1");
    PGNotification[] heard = connection.unwrap(PGConnection.class).getNotifications(5000);
    assertEquals(1, heard.length);
    assertEquals("order 7", heard[0].getParameter());
  }

  @Test
  void detector_findsWhatNobodyClassified() throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO notes (body) VALUES (?)")) {
      insert.setString(1, "card 4000 0000 0000 7919? no: 4111 1111 1111 1111");
      insert.executeUpdate();
    }
    String seen =
        GuardedDatabase.first(connection, "SELECT body FROM notes WHERE body LIKE 'card %'");
    assertFalse(seen.contains("4111"), seen);
  }

  @Test
  void batch_countsEachAndRunsAll() throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO notes (body) VALUES (?)")) {
      for (int i = 0; i < 20; i++) {
        insert.setString(1, "batched " + i);
        insert.addBatch();
      }
      assertEquals(20, insert.executeBatch().length);
    }
    assertEquals("20", database.truth("SELECT count(*) FROM notes WHERE body LIKE 'batched %'"));
  }

  @Test
  void escapes_decidedAsTheServerGetsThem() throws SQLException {
    assertEquals(
        "[redacted]",
        GuardedDatabase.first(connection, "SELECT {fn ucase(ssn)} FROM customers WHERE id = 1"));
  }
}
