package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing a protected column with constants is bounded for each principal and column. */
class GuessesIT {
  private static GuardedDatabase database;
  private static int people;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("guesses", directory);
    database.policy(
        """
        version: 1
        classes:
          pii.ssn:    { columns: ["*.customers.ssn"],    mask: redact }
          pii.email:  { columns: ["*.customers.email"],  mask: email }
          hr.salary:  { columns: ["*.employees.salary"], mask: redact }
        inference: { equality: { atMost: 5, per: 1h, writes: 2 } }
        declassify: ["public.salary_bands.band"]
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE VIEW salary_bands AS SELECT id, salary / 10000 AS band, 's' || salary AS more"
                + " FROM employees",
            "GRANT SELECT ON salary_bands TO " + database.agent());
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect(Map.of("guard.subject", "person" + ++people + "@example.com"));
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
  }

  private String guess(String constant) throws SQLException {
    return GuardedDatabase.first(
        connection, "SELECT count(*) FROM employees WHERE salary = " + constant);
  }

  private void assertOver(SQLException refused) {
    assertEquals("42501", refused.getSQLState());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("different ones pass (inference: equality"),
        refused::getMessage);
  }

  @Test
  void guessesUpToTheBudget_runAndOneMoreDoesNot() throws Exception {
    for (int i = 1; i <= 5; i++) {
      assertEquals("1", guess("4000" + i));
    }
    assertOver(assertThrows(SQLException.class, () -> guess("40006")));
    assertEquals("1", guess("40003"), "a repeat is free");
    assertEquals(
        "1",
        GuardedDatabase.first(
            connection, "SELECT count(*) FROM customers WHERE ssn = '901-02-0001'"));
  }

  @Test
  void constantsOfOneStatement_countEach() throws Exception {
    for (String list :
        new String[] {
          "IN (1, 2, 3, 4, 5, 6)", "= ANY ('{1,2,3,4,5,6}')", "= 1 OR salary IN (2,3,4,5,6)"
        }) {
      assertOver(
          assertThrows(
              SQLException.class,
              () ->
                  GuardedDatabase.first(
                      connection, "SELECT count(*) FROM employees WHERE salary " + list)));
    }
    assertEquals(
        "2",
        GuardedDatabase.first(
            connection, "SELECT count(*) FROM employees WHERE salary IN (40001, 40002, 3, 4, 5)"));
  }

  @Test
  void parameters_countByTheirValues() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM employees WHERE salary = ?")) {
      for (int round = 0; round < 3; round++) { // the driver goes over to binary values meanwhile
        for (int i = 1; i <= 5; i++) {
          statement.setInt(1, 40000 + i);
          try (ResultSet result = statement.executeQuery()) {
            assertTrue(result.next());
          }
        }
      }
      statement.setInt(1, 40006);
      assertOver(assertThrows(SQLException.class, statement::executeQuery));
    }
  }

  @Test
  void otherWaysToCompare_countToo() throws Exception {
    guess("1");
    guess("2");
    guess("3");
    try (Statement statement = connection.createStatement()) {
      statement.execute("PREPARE g AS SELECT count(*) FROM employees WHERE salary = $1");
      statement.execute("EXECUTE g(4)");
      statement.execute("EXECUTE g(5)");
      assertOver(assertThrows(SQLException.class, () -> statement.execute("EXECUTE g(6)")));
    }
    assertOver(
        assertThrows(
            SQLException.class,
            () ->
                GuardedDatabase.update(
                    connection,
                    "DECLARE c CURSOR WITH HOLD FOR SELECT 1 FROM employees WHERE salary = 7")));
  }

  @Test
  void writes_haveABudgetOfTheirOwn() throws Exception {
    for (int i = 1; i <= 2; i++) {
      GuardedDatabase.update(connection, "UPDATE employees SET name = name WHERE salary = " + i);
    }
    assertOver(
        assertThrows(
            SQLException.class,
            () ->
                GuardedDatabase.update(
                    connection, "UPDATE employees SET name = name WHERE salary = 3")));
    assertEquals("1", guess("40001"));
  }

  @Test
  void budgetThatIsNearlyUsedUp_isTold() throws Exception {
    try (Statement statement = connection.createStatement()) {
      for (int i = 1; i <= 4; i++) {
        assertNull(statement.getWarnings());
        statement.execute("SELECT count(*) FROM employees WHERE salary = " + i);
      }
      SQLWarning warning = assertNotNullAnd(statement.getWarnings());
      assertTrue(
          String.valueOf(warning.getMessage()).contains("was compared with 4 different constants"),
          warning::getMessage);
    }
  }

  private static SQLWarning assertNotNullAnd(SQLWarning warning) {
    assertNotNull(warning);
    return warning;
  }

  @Test
  void releasedColumnOfAView_isShownAndTheOthersAreNot() throws Exception {
    assertEquals(
        "4", GuardedDatabase.first(connection, "SELECT band FROM salary_bands WHERE id = 1"));
    assertEquals(
        "50",
        GuardedDatabase.first(
            connection, "SELECT count(*) FROM salary_bands WHERE band > 3 GROUP BY band"));
    assertEquals(
        "[redacted]",
        GuardedDatabase.first(connection, "SELECT more FROM salary_bands WHERE id = 1"));
    assertNull(
        GuardedDatabase.first(
            connection,
            "SELECT e.salary, b.band FROM salary_bands b JOIN employees e ON e.id = b.id WHERE b.id = 1"));
    assertThrows(
        SQLException.class,
        () -> GuardedDatabase.first(connection, "SELECT id FROM salary_bands WHERE more > 's3'"));
  }
}
