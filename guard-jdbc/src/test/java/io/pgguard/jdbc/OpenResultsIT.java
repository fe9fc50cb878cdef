package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy that changes holds for the rows that open portals, cursors and COPY still bring. */
class OpenResultsIT {
  private static final String OPEN =
      """
      version: 1
      classes:
        pii.ssn: { columns: ["*.customers.ssn"], mask: redact }
      rules:
        - { id: hush, when: { reads: ["*.cards"], kind: delete }, then: deny }
      otherwise: allow
      """;
  private static final String MASKED =
      OPEN.replace("rules:", "  pii.city: { columns: [\"*.*.city\"], mask: redact }\nrules:");
  private static final String DENIED =
      OPEN.replace("kind: delete", "kind: [select, execute, fetch]");
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("open", directory);
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    inForce(OPEN);
    connection = database.connect();
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws Exception {
    connection.rollback();
    connection.close();
  }

  private static void inForce(String policy) throws Exception {
    String hash =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(policy.getBytes(StandardCharsets.UTF_8)));
    database.policy(policy);
    while (!database.guard().policy().hash().equals(hash)) {
      Thread.onSpinWait();
    }
  }

  private static String last(ResultSet result) throws SQLException {
    String value = "";
    while (result.next()) {
      value = result.getString(1);
    }
    return value;
  }

  @Test
  void classAddedWhileAPortalIsOpen_masksItsLaterRows() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(5);
      try (ResultSet result = statement.executeQuery("SELECT city FROM customers")) {
        result.next();
        assertEquals("Oslo", result.getString(1));
        inForce(MASKED);
        assertEquals("[redacted]", last(result));
      }
    }
  }

  @Test
  void classAddedWhileAComputedResultIsOpen_masksItsLaterRows() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(5);
      try (ResultSet result = statement.executeQuery("SELECT city || '' FROM customers")) {
        result.next();
        assertEquals("Oslo", result.getString(1));
        inForce(MASKED);
        assertEquals("[redacted]", last(result));
      }
    }
  }

  @Test
  void ruleAddedWhileAPortalIsOpen_endsIt() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(5);
      try (ResultSet result = statement.executeQuery("SELECT id FROM cards")) {
        result.next();
        inForce(DENIED);
        SQLException refused = assertThrows(SQLException.class, () -> last(result));
        assertTrue(String.valueOf(refused.getMessage()).contains("rule hush"), refused::getMessage);
      }
    }
  }

  @Test
  void classAddedWhileACursorIsOpen_masksItsLaterRows() throws Exception {
    GuardedDatabase.update(
        connection, "DECLARE c CURSOR FOR SELECT city, lower(city) FROM customers");
    assertEquals("Oslo", GuardedDatabase.first(connection, "FETCH c"));
    inForce(MASKED);
    assertEquals("[redacted]", GuardedDatabase.first(connection, "FETCH c"));
  }

  @Test
  void classTakenAwayWhileACursorIsOpen_showsNothingMore() throws Exception {
    inForce(MASKED);
    GuardedDatabase.update(connection, "DECLARE c CURSOR FOR SELECT city FROM customers");
    assertEquals("[redacted]", GuardedDatabase.first(connection, "FETCH c"));
    inForce(OPEN);
    assertEquals("[redacted]", GuardedDatabase.first(connection, "FETCH c"));
  }

  @Test
  void preparedStatements_areJudgedByThePolicyInForce() throws Exception {
    GuardedDatabase.update(connection, "PREPARE p AS SELECT lower(city) FROM customers");
    GuardedDatabase.update(connection, "PREPARE d AS SELECT id FROM cards");
    connection.commit();
    assertEquals("oslo", GuardedDatabase.first(connection, "EXECUTE p"));
    try (PreparedStatement protocol =
        connection.prepareStatement("SELECT city FROM customers WHERE id > ?")) {
      for (int run = 0; run < 7; run++) {
        protocol.setInt(1, 1);
        try (ResultSet result = protocol.executeQuery()) {
          assertEquals("Oslo", last(result));
        }
      }
      inForce(MASKED);
      assertEquals("[redacted]", GuardedDatabase.first(connection, "EXECUTE p"));
      try (ResultSet result = protocol.executeQuery()) {
        assertEquals("[redacted]", last(result));
      }
    }
    inForce(DENIED);
    assertThrows(
        StatementRefusedException.class, () -> GuardedDatabase.first(connection, "EXECUTE d"));
  }
}
