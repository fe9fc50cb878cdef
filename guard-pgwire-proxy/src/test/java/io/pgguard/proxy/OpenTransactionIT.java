package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an open transaction has made is known in it through the proxy, by both query protocols. */
class OpenTransactionIT {
  @TempDir static Path directory;
  private static GuardedProxy guarded;

  @BeforeAll
  static void start() throws SQLException, IOException {
    guarded = new GuardedProxy("openproxy", directory, "");
    try (Connection direct = guarded.direct();
        Statement statement = direct.createStatement()) {
      statement.execute("GRANT CREATE ON SCHEMA public TO " + guarded.agent());
    }
    String before = guarded.proxy().guard().policy().hash();
    Path changed =
        Files.writeString(
            directory.resolve("policy.yaml.new"),
            GuardedProxy.POLICY
                .replace("\"*.customers.ssn\"", "\"*.*.ssn\"")
                .replace("kind: [insert,", "kind: [ddl, create-view, insert,"));
    Files.move(
        changed,
        directory.resolve("policy.yaml"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
    while (guarded.proxy().guard().policy().hash().equals(before)) {
      Thread.onSpinWait(); // Guard looks at the file at least each second
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    if (guarded != null) {
      guarded.close();
    }
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertTrue(result.next(), query);
      return String.valueOf(result.getString(1));
    }
  }

  private static void run(Connection connection, String... texts) throws SQLException {
    for (String text : texts) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(text);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "extended"})
  void migration_runs_andWhatItMadeIsMasked(String mode) throws SQLException {
    try (Connection connection = guarded.connect("?preferQueryMode=" + mode)) {
      connection.setAutoCommit(false);
      run(
          connection,
          "CREATE TABLE person (id int PRIMARY KEY, ssn text)",
          "INSERT INTO person VALUES (1, '901-02-0001')",
          "CREATE VIEW persons AS SELECT id, ssn AS number FROM person",
          "SAVEPOINT a",
          "ALTER TABLE person ADD COLUMN note text DEFAULT 'kept'");
      assertEquals("kept", one(connection, "SELECT note FROM person"));
      assertFalse(one(connection, "SELECT number FROM persons").contains("901-02"));
      assertFalse(one(connection, "SELECT ssn FROM person").contains("901-02"));
      run(connection, "ROLLBACK TO SAVEPOINT a");
      assertEquals("1", one(connection, "SELECT id FROM person"));
      connection.rollback();
      assertEquals("50", one(connection, "SELECT count(*) FROM customers"));
    }
  }

  @Test
  void viewOverProtected_madeInTheTransaction_neverShows() throws SQLException {
    try (Connection connection = guarded.connect("?preferQueryMode=simple")) {
      connection.setAutoCommit(false);
      run(connection, "CREATE VIEW own AS SELECT id, ssn AS plain FROM customers");
      try {
        assertFalse(one(connection, "SELECT plain FROM own ORDER BY id").contains("901-02"));
      } catch (SQLException refused) {
        assertFalse(String.valueOf(refused.getMessage()).contains("901-02"));
      }
      connection.rollback();
    }
  }
}
