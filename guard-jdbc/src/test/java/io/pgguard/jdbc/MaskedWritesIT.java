package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client saw masked and writes back replaces nothing. */
class MaskedWritesIT {
  private static final String POLICY =
      """
      version: 1
      classes:
        contact: { mask: email, columns: ["public.member.email"] }
        phone: { mask: { partial: { keepLast: 4 } }, columns: ["public.member.phone"] }
        secret: { mask: redact, columns: ["public.member.{note,born,doc}"] }
        gone: { mask: "null", columns: ["public.member.salary"] }
        token: { mask: hash, columns: ["public.member.token"] }
      rules: [ { id: all, when: {}, then: allow } ]
      maskedWrites: %s
      """;

  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("maskedwrites", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE member (id int PRIMARY KEY, name text, email text, phone text, note text,"
                + " born date, doc jsonb, salary numeric, token text)",
            "CREATE VIEW members AS SELECT id, name, email, phone, salary FROM member",
            "GRANT ALL ON member, members TO " + database.agent());
    database.auditedConfig("masking: { hashKey: { value: \"a key of more than sixteen bytes\" } }");
    database.policy(POLICY.formatted("refuse"));
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    database
        .postgres()
        .execute(
            database.database(),
            "TRUNCATE member",
            "INSERT INTO member VALUES (1, 'ann', 'ann@corp.example', '202-555-4401', 'likes tea',"
                + " '1980-05-06', '{\"a\": 1}', 4000, 'tok-1')");
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private String stored() throws SQLException {
    try (Connection direct = database.postgres().connect(database.database());
        Statement statement = direct.createStatement();
        ResultSet row = statement.executeQuery("SELECT m::text FROM member m WHERE id = 1")) {
      row.next();
      return row.getString(1);
    }
  }

  private static SQLException refused(org.junit.jupiter.api.function.Executable run) {
    SQLException refusal = assertThrows(SQLException.class, run);
    assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("guard.masked-write"), refusal.getMessage());
    return refusal;
  }

  /** As an object-relational mapper does: read a row, change one field, write all of it. */
  @Test
  void rowReadAndWrittenBackWhole_isRefused() throws Exception {
    String before = stored();
    for (String columns :
        new String[] {"email", "phone", "note", "born", "doc", "salary", "token"}) {
      try (Statement read = connection.createStatement();
          ResultSet row = read.executeQuery("SELECT " + columns + " FROM member WHERE id = 1");
          PreparedStatement write =
              connection.prepareStatement(
                  "UPDATE member SET name = ?, " + columns + " = ? WHERE id = 1")) {
        row.next();
        write.setString(1, "renamed");
        int type =
            columns.equals("born")
                ? Types.DATE
                : columns.equals("salary") ? Types.NUMERIC : Types.OTHER;
        if (type == Types.OTHER && !columns.equals("doc")) {
          write.setString(2, row.getString(1));
        } else {
          write.setObject(2, row.getObject(1), type);
        }
        SQLException refusal = refused(write::executeUpdate);
        assertTrue(
            String.valueOf(refusal.getMessage()).contains("public.member." + columns),
            refusal.getMessage());
      }
    }
    assertEquals(before, stored());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE member SET name = 'x', email = 'a***@corp.example' WHERE id = 1",
        "UPDATE member SET phone = '********4401' WHERE id = 1",
        "UPDATE member SET (name, note) = ('x', '[redacted]') WHERE id = 1",
        "UPDATE member SET note = coalesce('[redacted]', name) WHERE id = 1",
        "UPDATE members SET email = 'a***@corp.example' WHERE id = 1",
        "INSERT INTO member (id, email) VALUES (2, 'b@corp.example'), (3, 'a***@corp.example')",
        "INSERT INTO member (id, email) SELECT 4, 'a***@corp.example'",
        "INSERT INTO member (id, email) VALUES (1, 'a***@corp.example') ON CONFLICT (id) DO UPDATE SET email = excluded.email",
        "MERGE INTO member m USING (VALUES (1)) v(id) ON m.id = v.id WHEN MATCHED THEN UPDATE SET note = '[redacted]'",
        "WITH u AS (UPDATE member SET note = '[redacted]' WHERE id = 1 RETURNING id) SELECT * FROM u"
      })
  void maskAsAConstant_isRefused(String sql) throws Exception {
    String before = stored();
    try (Statement statement = connection.createStatement()) {
      refused(() -> statement.execute(sql));
    }
    assertEquals(before, stored());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE member SET name = '[redacted]' WHERE id = 1",
        "UPDATE member SET name = 'renamed' WHERE id = 1",
        "UPDATE member SET email = 'new@corp.example', phone = '303-555-1111' WHERE id = 1",
        "UPDATE member SET salary = NULL, note = NULL WHERE id = 1",
        "INSERT INTO member (id, email, salary) VALUES (9, 'z@corp.example', NULL)"
      })
  void realValues_areWritten(String sql) throws Exception {
    try (Statement statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate(sql));
    }
  }

  @Test
  void maskAsAValueOfExecute_isRefused() throws Exception {
    String before = stored();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PREPARE p(text) AS UPDATE member SET note = $1 WHERE id = 1");
      refused(() -> statement.execute("EXECUTE p('[redacted]')"));
      assertEquals(before, stored());
      statement.execute("EXECUTE p('likes coffee')");
    }
  }

  @Test
  void columnComputedFromItself_isRefusedForWhatItWouldShow() throws Exception {
    try (Statement statement = connection.createStatement()) {
      SQLException refusal =
          assertThrows(
              SQLException.class,
              () -> statement.execute("UPDATE member SET email = substr(email, 2) WHERE id = 1"));
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains("what its mask shows afterwards"), message);
    }
  }

  @Test
  void nullAsAParameter_isWrittenToANewRow() throws Exception {
    try (PreparedStatement write =
        connection.prepareStatement("INSERT INTO member (id, salary, born) VALUES (?, ?, ?)")) {
      write.setInt(1, 7);
      write.setNull(2, Types.NUMERIC);
      write.setNull(3, Types.DATE);
      assertEquals(1, write.executeUpdate());
    }
  }

  @Test
  void batch_isRefusedAtTheElement() throws Exception {
    connection.setAutoCommit(false);
    try (PreparedStatement write =
        connection.prepareStatement("UPDATE member SET email = ? WHERE id = ?")) {
      for (String email : new String[] {"b@corp.example", "a***@corp.example"}) {
        write.setString(1, email);
        write.setInt(2, 1);
        write.addBatch();
      }
      BatchUpdateException refusal = assertThrows(BatchUpdateException.class, write::executeBatch);
      assertEquals("42501", refusal.getSQLState());
      assertInstanceOf(StatementRefusedException.class, refusal.getCause());
      assertInstanceOf(StatementRefusedException.class, refusal.getNextException());
      assertTrue(
          String.valueOf(refusal.getMessage()).startsWith("Batch entry 1 "), refusal.getMessage());
      assertEquals(2, refusal.getUpdateCounts().length);
      assertEquals(Statement.EXECUTE_FAILED, refusal.getUpdateCounts()[1]);
    }
    connection.rollback();
  }
}
