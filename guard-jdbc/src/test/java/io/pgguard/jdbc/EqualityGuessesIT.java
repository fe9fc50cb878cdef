package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under {@code inference: equality} a statement may make a few guesses, and nothing else. */
class EqualityGuessesIT {
  private static final String CLASSES =
      """
      version: 1
      mode: enforce
      classes:
        ssn:    { columns: ["*.emp.ssn"],   mask: redact }
        pay:    { columns: ["*.emp.pay"],   mask: redact }
        tail:   { columns: ["*.emp.tail"],  mask: { partial: { keepLast: 4 } } }
        code:   { columns: ["*.*.code"],    mask: hash }
        none:   { columns: ["*.emp.none"],  mask: "null" }
      inference: %s
      rules: [ { id: all, when: { kind: select }, then: allow } ]
      otherwise: deny
      """;

  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("guesses", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE emp (id int, name text, ssn text, pay int, tail text, code text,"
                + " none text, price numeric(10,2), qty int, late text)",
            "CREATE TABLE other (id int, code text, plain text)",
            "INSERT INTO emp VALUES (1, 'a', '901-1', 10, '12345678', 'k1', 'n', 10, 2, 'x'),"
                + " (2, 'b', '901-2', 20, '87654321', 'k2', NULL, 20, 4, 'y'),"
                + " (3, 'c', NULL, NULL, NULL, 'k1', NULL, 30, 5, 'z')",
            "INSERT INTO other VALUES (7, 'k1', 'k1'), (8, 'k3', '901-1')",
            "CREATE VIEW counted AS SELECT name, ssn IS NULL AS missing FROM emp",
            "GRANT ALL ON emp, other, counted TO " + database.agent());
    database.auditedConfig("masking: { hashKey: { value: \"a key of more than sixteen bytes\" } }");
    database.policy(CLASSES.formatted("equality"));
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

  private String all(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join(" ", row));
      }
    }
    return String.join("; ", rows);
  }

  private String refusal(String sql) {
    try {
      return "ran: " + all(sql);
    } catch (SQLException e) {
      return "42501".equals(e.getSQLState()) ? "refused" : String.valueOf(e.getMessage());
    }
  }

  @Test
  void guessOfAWholeValue_passes() throws Exception {
    assertEquals("1", all("SELECT id FROM emp WHERE ssn = '901-1'"));
    assertEquals("1; 2", all("SELECT id FROM emp WHERE ssn IN ('901-1', '901-2') ORDER BY id"));
    assertEquals("1", all("SELECT id FROM emp WHERE pay = 10"));
    assertEquals("1", all("SELECT id FROM emp WHERE lower(ssn) = '901-1'"));
    assertEquals("1", all("SELECT id FROM emp WHERE ssn = ANY ('{901-1,x}')"));
    assertEquals("1", all("SELECT id FROM emp WHERE ssn = '901-1' AND 10 / qty = 5"));
    assertEquals("", all("SELECT id FROM emp WHERE pay = ANY ('{" + "1,".repeat(60) + "2}')"));
  }

  @Test
  void moreThanAGuess_isRefused() {
    String many =
        String.join(
            ",", java.util.stream.IntStream.range(0, 80).mapToObj(String::valueOf).toList());
    for (String sql :
        List.of(
            "SELECT id FROM emp WHERE pay = 10::float8",
            "SELECT id FROM emp WHERE pay::text = '10'",
            "SELECT id FROM emp WHERE ssn = '901-1' COLLATE \"de-x-icu\"",
            "SELECT id FROM emp WHERE pay = ANY ('{" + many + "}')",
            "SELECT id FROM emp WHERE pay = ANY (ARRAY[" + many + "])",
            "SELECT id FROM emp WHERE pay IN (" + many + ")",
            "SELECT id FROM emp WHERE substr(ssn, 1, 1) = '9'",
            "SELECT id FROM emp WHERE ssn > 'x'")) {
      assertEquals("refused", refusal(sql), sql);
    }
  }
}
