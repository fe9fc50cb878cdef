package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a statement's parameters mean by the types that the client declares for them. */
class DeclaredParametersIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("parameters", directory);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE emp (id int, ssn text, pay int, price numeric(10,2))",
            "INSERT INTO emp VALUES (1, '901-1', 10, 1.5), (2, '901-2', 20, 2.5)",
            "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
            "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'",
            "GRANT ALL ON emp TO " + database.agent());
    database.auditedConfig("");
    database.policy(
        """
        version: 1
        mode: enforce
        classes: { n: { columns: ["*.emp.ssn", "*.emp.pay", "*.emp.price"], mask: redact } }
        inference: equality
        rules:
          - { id: all, when: { kind: select }, then: allow }
          - { id: no, when: { functions: ["public.f(int)"] }, then: deny }
        otherwise: deny
        """);
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

  private String run(String sql, Object value) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, value);
      for (int i = 0; i < 7; i++) { // by its own plan first, then by one for all values
        statement.executeQuery().close();
      }
      return "ran";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  @Test
  void overloadsOfARule_areTheDeclaredTypes() throws Exception {
    assertEquals("42501", run("SELECT f(?)", 1));
    assertEquals("ran", run("SELECT f(?)", "x"));
    assertEquals("42501", run("SELECT f(?)", 1));
    assertEquals("ran", run("SELECT f(?)", "x"));
  }

  @Test
  void arithmeticWithAnInteger_isWithheld() throws Exception {
    assertEquals("ran", run("SELECT sum(price * ?) FROM emp", 2));
    assertEquals("42501", run("SELECT sum(price * ?) FROM emp", new BigDecimal("1e100")));
    assertEquals("42501", run("SELECT sum(price * ?) FROM emp", 1.5));
  }

  @Test
  void conversionOfWhatIsDeclaredOtherwise_mayFailForSomeRowsOnly() throws Exception {
    String sql = "SELECT (ssn > '901-1') AND (?::int = 1) FROM emp";
    assertEquals("ran", run(sql, 1));
    assertEquals("42501", run(sql, "1"));
    assertEquals("42501", run(sql, "abc"));
    assertEquals("ran", run("SELECT id FROM emp WHERE id = ?::int", "1"));
  }

  @Test
  void equalityWithADeclaredParameter_isAGuess() throws Exception {
    assertEquals("ran", run("SELECT id FROM emp WHERE ssn = ?", "901-1"));
    assertEquals("ran", run("SELECT id FROM emp WHERE pay = ?", 10));
    assertEquals("ran", run("SELECT id FROM emp WHERE pay = ?", 10L));
    assertEquals("ran", run("SELECT id FROM emp WHERE pay = ?", new BigDecimal(10)));
    assertEquals("ran", run("SELECT id FROM emp WHERE price = ?", 10));
    assertEquals("ran", run("SELECT id FROM emp WHERE price = ?", new BigDecimal("1.5")));
    assertEquals("42501", run("SELECT id FROM emp WHERE pay = ?", 10.0));
  }
}
