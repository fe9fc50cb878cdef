package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.recording.RecordingProof;
import io.pgguard.recording.Replay;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What a client saw masked and writes back with the rest of its row is left as it is. */
class KeptWritesIT {
  private static final String POLICY =
      """
      version: 1
      classes:
        contact: { mask: email, columns: ["public.{person,loaded}.email"] }
        phone: { mask: { partial: { keepLast: 4 } }, columns: ["public.person.phone"] }
        secret: { mask: redact, columns: ["public.{person,checked,loaded}.{note,born,doc}"] }
        gone: { mask: "null", columns: ["public.person.salary"] }
        token: { mask: hash, columns: ["public.person.token"] }
      rules: [ { id: all, when: {}, then: allow } ]
      """;

  private static final String WHOLE =
      "UPDATE person SET name = ?, email = ?, phone = ?, note = ?, born = ?, doc = ?, salary = ?,"
          + " token = ? WHERE id = ? AND version = ?";

  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("keptwrites", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE person (id int PRIMARY KEY, version int DEFAULT 1, name text,"
                + " email varchar(80) UNIQUE, phone text, note text, born date, doc jsonb, salary numeric,"
                + " token text)",
            "CREATE TABLE checked (id int PRIMARY KEY, name text, note text, CHECK (name <> note))",
            "INSERT INTO checked VALUES (1, 'ann', 'secret')",
            "CREATE TABLE loaded (id int, email text, name text, note text)",
            "CREATE VIEW persons AS SELECT id, name, email FROM person",
            "GRANT ALL ON person, persons, checked, loaded TO " + database.agent());
    database.policy(POLICY);
    database.auditedConfig("masking: { hashKey: { value: \"a key of more than sixteen bytes\" } }");
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
            "TRUNCATE person",
            "INSERT INTO person SELECT n, 1, 'ann', 'ann' || n || '@corp.example',"
                + " '202-555-440' || n, 'likes tea', '1980-05-06', '{\"a\": 1}', 4000, 'tok-' || n"
                + " FROM generate_series(1, 3) n");
    connection = database.connect();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private static String stored(int id, String columns) throws SQLException {
    try (Connection direct = database.postgres().connect(database.database());
        Statement statement = direct.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT ROW(" + columns + ")::text FROM person p WHERE id = " + id)) {
      row.next();
      return row.getString(1);
    }
  }

  private static final String HIDDEN = "email, phone, note, born, doc, salary, token";

  /** As an object-relational mapper does: a row is read, renamed and written whole. */
  private void renames(Connection on, int id, String name) throws SQLException {
    try (PreparedStatement read = on.prepareStatement("SELECT * FROM person WHERE id = ?");
        PreparedStatement write = on.prepareStatement(WHOLE)) {
      read.setInt(1, id);
      try (ResultSet row = read.executeQuery()) {
        assertTrue(row.next());
        write.setString(1, name);
        write.setString(2, row.getString("email"));
        write.setString(3, row.getString("phone"));
        write.setString(4, row.getString("note"));
        write.setObject(5, row.getObject("born"), Types.DATE);
        write.setObject(6, row.getString("doc"), Types.OTHER);
        write.setBigDecimal(7, row.getBigDecimal("salary"));
        write.setString(8, row.getString("token"));
        write.setInt(9, id);
        write.setInt(10, row.getInt("version"));
      }
      assertEquals(1, write.executeUpdate());
      assertNotNull(write.getWarnings());
      assertTrue(
          String.valueOf(write.getWarnings().getMessage()).contains("keeps its stored value"));
    }
  }

  @ParameterizedTest
  @CsvSource({"prepareThreshold,0", "prepareThreshold,-1", "preferQueryMode,simple"})
  void rowReadAndWrittenBackWhole_keepsWhatWasHidden(String property, String value)
      throws Exception {
    // PgJDBC's simple mode writes the NULLs of parameters as constants, which are meant
    String hidden = value.equals("simple") ? "email, phone, note, doc, token" : HIDDEN;
    String before = stored(2, hidden);
    String others = stored(1, "p.*") + stored(3, "p.*");
    try (Connection on = database.connect(Map.of(property, value))) {
      for (int turn = 0; turn < 3; turn++) {
        renames(on, 2, "renamed " + turn);
        assertEquals("(\"renamed " + turn + "\")", stored(2, "name"));
        assertEquals(before, stored(2, hidden));
      }
    }
    assertEquals(others, stored(1, "p.*") + stored(3, "p.*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE person SET name = 'x', email = 'a***@corp.example' WHERE id = 2",
        "UPDATE person p SET email = 'a***@corp.example', name = 'x' WHERE p.id = 2",
        "UPDATE public.person AS \"P\" SET (name, email) = ROW('x', 'a***@corp.example') WHERE 2 = id",
        "UPDATE person SET name = 'x', doc = '\"[redacted]\"'::jsonb WHERE id = 2 RETURNING name, doc",
        "/* a */ UPDATE person SET note = /* b */ '[redacted]', name = 'x' WHERE id = 2 AND version = 1 ;",
      })
  void maskAsAConstant_isLeftOut(String sql) throws Exception {
    String before = stored(2, HIDDEN);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      assertNotNull(statement.getWarnings());
    }
    assertEquals(before, stored(2, HIDDEN));
    assertEquals("(x)", stored(2, "name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE person SET email = 'a***@corp.example' WHERE name = 'ann'",
        "UPDATE person SET email = 'a***@corp.example' WHERE id = 2 OR id = 3",
        "UPDATE person SET email = 'a***@corp.example' WHERE id IN (2, 3)",
        "UPDATE person SET email = 'a***@corp.example'::varchar(3) WHERE id = 2",
        "UPDATE person SET note = 'x' || '[redacted]' WHERE id = 2",
        "UPDATE persons SET email = 'a***@corp.example' WHERE id = 2",
        "INSERT INTO person (id, email) VALUES (4, 'a***@corp.example')",
        "INSERT INTO person (id, phone) VALUES (2, '********4401') ON CONFLICT (id) DO UPDATE SET phone = excluded.phone",
        "MERGE INTO person p USING (VALUES (2)) v(id) ON p.id = v.id WHEN MATCHED THEN UPDATE SET note = '[redacted]'",
        "WITH u AS (UPDATE person SET note = '[redacted]' WHERE id = 2 RETURNING id) SELECT * FROM u",
      })
  void whatCannotBeLeftOut_isRefused(String sql) throws Exception {
    String before = stored(1, "p.*") + stored(2, "p.*") + stored(3, "p.*");
    try (Statement statement = connection.createStatement()) {
      SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains("guard.masked-write"), message);
      assertTrue(message.contains("by a key"), message);
    }
    assertEquals(before, stored(1, "p.*") + stored(2, "p.*") + stored(3, "p.*"));
  }

  @Test
  void parameterThatStandsElsewhereToo_isRefusedByItsNumber() throws Exception {
    try (Connection on = database.connect();
        Statement statement = on.createStatement()) {
      statement.execute("PREPARE p(text) AS UPDATE person SET note = $1, name = $1 WHERE id = 2");
      SQLException refusal =
          assertThrows(SQLException.class, () -> statement.execute("EXECUTE p('[redacted]')"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("guard.masked-write"));
    }
    try (PreparedStatement write =
        connection.prepareStatement("INSERT INTO person (id, note) VALUES (?, ?)")) {
      write.setInt(1, 9);
      write.setString(2, "[redacted]");
      SQLException refusal = assertThrows(SQLException.class, write::executeUpdate);
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains("parameter $2"), message);
    }
  }

  /** Elements with masks, with none and with masks again, in one flight. */
  @Test
  void batch_keepsElementByElement() throws Exception {
    connection.setAutoCommit(false);
    try (PreparedStatement write =
        connection.prepareStatement("UPDATE person SET email = ?, name = ? WHERE id = ?")) {
      String[] emails = {"a***@corp.example", "new@corp.example", "[redacted]"};
      for (int i = 0; i < emails.length; i++) {
        write.setString(1, emails[i]);
        write.setString(2, "renamed " + i);
        write.setInt(3, i + 1);
        write.addBatch();
      }
      assertArrayEquals(new int[] {1, 1, 1}, write.executeBatch());
    }
    connection.commit();
    assertEquals("(\"renamed 0\",ann1@corp.example)", stored(1, "name, email"));
    assertEquals("(\"renamed 1\",new@corp.example)", stored(2, "name, email"));
    assertEquals("(\"renamed 2\",ann3@corp.example)", stored(3, "name, email"));
  }

  /** The text that is bound in its place fails by itself, and the session goes on. */
  @Test
  void errorOfWhatRunsInstead_isTheClients() throws Exception {
    try (PreparedStatement write =
        connection.prepareStatement("UPDATE person SET email = ?, version = ? WHERE id = ?")) {
      write.setString(1, "a***@corp.example");
      write.setObject(2, "no number", Types.OTHER);
      write.setInt(3, 1);
      SQLException error = assertThrows(SQLException.class, write::executeUpdate);
      assertEquals("22P02", error.getSQLState(), error.getMessage());
      write.setObject(2, 7, Types.INTEGER);
      assertEquals(1, write.executeUpdate());
      write.setString(1, "real@corp.example");
      assertEquals(1, write.executeUpdate());
      assertNull(write.getWarnings());
    }
    assertEquals("(real@corp.example,7)", stored(1, "email, version"));
  }

  /** What is left as it is may still be compared with what is written beside it. */
  @Test
  void checkThatComparesWhatIsKept_isRefused() throws Exception {
    try (Statement statement = connection.createStatement()) {
      for (String sql :
          new String[] {
            "UPDATE checked SET name = 'secret', note = '[redacted]' WHERE id = 1",
            "UPDATE checked SET name = 'secret', note = note WHERE id = 1"
          }) {
        SQLException refusal = assertThrows(SQLException.class, () -> statement.execute(sql));
        assertEquals("42501", refusal.getSQLState(), refusal.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE person SET email = email, name = 'x' WHERE id = 2",
        "UPDATE person p SET email = p.email, name = 'x' FROM (VALUES (2)) v(i) WHERE p.id = v.i"
      })
  void columnThatIsAssignedItself_isOrdinaryWork(String sql) throws Exception {
    String before = stored(2, HIDDEN);
    assertEquals(1, GuardedDatabase.update(connection, sql));
    assertEquals("(x)", stored(2, "name"));
    assertEquals(before, stored(2, HIDDEN));
  }

  /** Of two rows that differ in nothing but what is hidden, the client is told the same. */
  @Test
  void whatIsTold_doesNotDependOnWhatIsStored() throws Exception {
    try (Statement statement = connection.createStatement()) {
      String[] told = new String[2];
      for (int i = 0; i < 2; i++) {
        assertEquals(
            1,
            statement.executeUpdate(
                "UPDATE person SET email = '"
                    + (i == 0 ? "a***@corp.example" : "z***@elsewhere.example")
                    + "' WHERE id = 1"));
        told[i] = String.valueOf(statement.getWarnings().getMessage());
        statement.clearWarnings();
      }
      assertEquals(told[0], told[1]);
    }
  }

  private static byte[] binary(String email) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
    out.writeLong(0);
    for (String one : new String[] {"fine@corp.example", email}) {
      out.writeShort(2);
      out.writeInt(4);
      out.writeInt(one.equals(email) ? 101 : 100);
      byte[] value = one.getBytes(StandardCharsets.UTF_8);
      out.writeInt(value.length);
      out.write(value);
    }
    out.writeShort(-1);
    return bytes.toByteArray();
  }

  private void copies(String sql, byte[] data) throws Exception {
    // in pieces, as a client may send it
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(sql, new ByteArrayInputStream(data), 7);
  }

  @Test
  void copyOfMasks_isRefusedInEveryFormat() throws Exception {
    String before = database.truth("SELECT count(*) FROM loaded");
    Map<String, byte[]> masked = new LinkedHashMap<>();
    String into = "COPY loaded (id, email) FROM STDIN ";
    masked.put(
        into, "100\tfine@corp.example\n101\ta***@corp.example\n".getBytes(StandardCharsets.UTF_8));
    masked.put(
        into + "(FORMAT csv, HEADER, DELIMITER ';')",
        "id;email\r\n100;\"fine@corp.example\"\r\n101;\"a***@corp.example\"\r\n"
            .getBytes(StandardCharsets.UTF_8));
    masked.put(into + "(FORMAT binary)", binary("a***@corp.example"));
    masked.put(
        "COPY loaded FROM STDIN (NULL '', FREEZE off)",
        "101\t\tx\t[redacted]".getBytes(StandardCharsets.UTF_8));
    masked.put(
        into + "(DELIMITER '|', ENCODING 'LATIN1')",
        "100|x@corp.example".getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> one : masked.entrySet()) {
      SQLException refusal =
          assertThrows(
              SQLException.class, () -> copies(one.getKey(), one.getValue()), one.getKey());
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("guard.masked-write"),
          refusal.getMessage());
    }
    assertEquals(before, database.truth("SELECT count(*) FROM loaded"));
    assertEquals(masked.size(), database.logged("StatementStopped", "guard.masked-write").size());
    assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
  }

  @Test
  void copyOfValues_isOrdinaryWork() throws Exception {
    copies(
        "COPY loaded (id, email) FROM STDIN",
        "110\tone@corp.example\n111\t\\N\n".getBytes(StandardCharsets.UTF_8));
    copies(
        "COPY loaded (id, email, name) FROM STDIN (FORMAT csv)",
        "112,\"two@corp.example\",[redacted]\n".getBytes(StandardCharsets.UTF_8));
    copies("COPY loaded (id, email) FROM STDIN (FORMAT binary)", binary("three@corp.example"));
    assertEquals("three@corp.example", database.truth("SELECT email FROM loaded WHERE id = 101"));
    assertEquals("two@corp.example", database.truth("SELECT email FROM loaded WHERE id = 112"));
    // what the server finds wrong it says itself
    SQLException error =
        assertThrows(
            SQLException.class,
            () ->
                copies(
                    "COPY loaded (id, email) FROM STDIN",
                    "113\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals("22P04", error.getSQLState(), error.getMessage());
  }

  @Test
  void log_tellsWhatRanAndWhatWasAsked() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE person SET email = 'l***@logged.example', name = 'logged' WHERE id = 1");
    }
    String entry = database.logged("guard.masked-write", "'logged'").get(0);
    assertTrue(entry.contains("SET email = \\\"person\\\".\\\"email\\\", name"), entry);
    assertTrue(entry.contains("l***@logged.example"), entry);
  }

  /** What a client sends is as much of the session as what it gets. */
  @Test
  void dataOfACopy_isRecorded() throws Exception {
    copies(
        "COPY loaded (id, name) FROM STDIN", "7\tseven sailors\n".getBytes(StandardCharsets.UTF_8));
    connection.close();
    int found = 0;
    try (Stream<Path> files = Files.walk(database.directory().resolve("recordings"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        StringBuilder replayed = new StringBuilder();
        Replay.print(file, replayed);
        if (replayed.indexOf("sailor") >= 0) {
          found++;
          RecordingProof proof = Replay.verify(file, database.directory().resolve("audit"));
          assertEquals(List.of(), proof.problems());
        }
      }
    }
    assertEquals(1, found, "recordings with what was sent");
  }
}
