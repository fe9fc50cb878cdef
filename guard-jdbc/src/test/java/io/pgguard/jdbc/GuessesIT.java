package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
          hr.salary:  { columns: ["*.employees.salary", "*.pairs.salary"], mask: redact }
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
            "CREATE TABLE badges (id int PRIMARY KEY, ssn text REFERENCES customers (ssn))",
            "CREATE TABLE drafts (id int, ssn text)",
            "CREATE TABLE pairs (id int, kind int, salary int, UNIQUE (kind, salary))",
            "GRANT SELECT ON salary_bands TO " + database.agent(),
            "GRANT ALL ON badges, drafts, pairs TO " + database.agent());
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

  /** Each tells whether a social security number is among those that are there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO customers VALUES (1, 'n', '999-%d', 'e', 'c')",
        "INSERT INTO customers (ssn, id, name, email, city) VALUES ('999-%d', 1, 'n', 'e', 'c')",
        "INSERT INTO customers VALUES (99, 'n', '901-02-000%d', 'e', 'c') ON CONFLICT DO NOTHING",
        "UPDATE customers SET ssn = '901-02-000%d' WHERE id = 1 AND name = 'nobody'",
        "UPDATE customers SET (ssn, name) = ROW ('901-02-000%d', 'n') WHERE id = 0",
        "WITH a AS (INSERT INTO badges VALUES (1, '999-%d')) SELECT 1",
        "INSERT INTO badges VALUES (1, '999-%d')",
        "MERGE INTO customers c USING (VALUES (1)) s (n) ON c.id = 99 WHEN NOT MATCHED THEN"
            + " INSERT VALUES (1, 'n', '999-%d', 'e', 'c')"
      })
  void keysOfWhatIsWritten_areGuesses(String sql) {
    tried(sql.formatted(1));
    tried(sql.formatted(2));
    tried(sql.formatted(1));
    assertOver(assertThrows(SQLException.class, () -> update(sql.formatted(3))));
  }

  private int update(String sql) throws SQLException {
    return GuardedDatabase.update(connection, sql);
  }

  /** It runs or fails by itself, which is what it tells. */
  private void tried(String sql) {
    try {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      assertTrue(String.valueOf(e.getSQLState()).startsWith("23"), e.getMessage());
      assertDoesNotThrow(
          () -> {
            connection.rollback();
            connection.setAutoCommit(true);
          });
    }
  }

  @Test
  void rowsOfOneInsert_countEach() {
    String three =
        "INSERT INTO customers VALUES (1, 'n', 'a', 'e', 'c'), (2, 'n', 'b', 'e', 'c'),"
            + " (3, 'n', 'd', 'e', 'c')";
    assertOver(assertThrows(SQLException.class, () -> update(three)));
  }

  @Test
  void valuesOfAPreparedInsert_countByWhatTheyAre() throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO badges VALUES (?, ?)")) {
      for (String ssn : new String[] {"901-02-0001", "901-02-0002"}) {
        insert.setInt(1, ++people);
        insert.setString(2, ssn);
        assertEquals(1, insert.executeUpdate());
      }
      insert.setInt(1, ++people);
      insert.setString(2, "901-02-0003");
      assertOver(assertThrows(SQLException.class, insert::executeUpdate));
      insert.setString(2, "901-02-0002");
      assertEquals(1, insert.executeUpdate());
    }
  }

  @Test
  void rowsOfAQuery_areNotToldOneByOne() throws Exception {
    SQLException refused =
        assertThrows(
            SQLException.class,
            () ->
                update(
                    "INSERT INTO customers SELECT id, 'n', ssn, 'e', 'c' FROM drafts"
                        + " ON CONFLICT DO NOTHING"));
    assertTrue(String.valueOf(refused.getMessage()).contains("guard.constraint"));
  }

  /** Whether such a statement runs is one answer about any number of values. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO customers SELECT id, 'n', ssn, 'e', 'c' FROM drafts WHERE id < 0",
        "INSERT INTO customers SELECT 900 + g, 'n', '901-02-' || g, 'e', 'c' FROM generate_series(5000, 9999) g",
        "INSERT INTO customers VALUES (901, 'n', lower('A'), 'e', 'c'), (902, 'n', lower('B'), 'e', 'c')",
        "UPDATE customers SET ssn = '901-02-' || id WHERE id < 0",
        "INSERT INTO badges SELECT g, '901-02-000' || g FROM generate_series(1, 9) g",
        "WITH a AS (INSERT INTO badges SELECT 1, '901-02-000' || id FROM drafts) SELECT 1",
        "MERGE INTO customers c USING drafts d ON c.id = d.id WHEN NOT MATCHED THEN"
            + " INSERT VALUES (d.id, 'n', d.ssn, 'e', 'c')",
        "UPDATE pairs SET kind = 1 WHERE id < 0",
        "COPY customers (id, name, ssn, email, city) FROM STDIN",
        "COPY badges FROM STDIN"
      })
  void keysOfComputedRows_areRefused(String sql) {
    SQLException refused = assertThrows(SQLException.class, () -> update(sql));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("guard.constraint"), refused::getMessage);
  }

  @Test
  void oneComputedRow_isOneGuess() throws Exception {
    String one = "INSERT INTO customers VALUES (%d, 'n', lower('%s'), 'e', 'c')";
    assertEquals(1, update(one.formatted(701, "P")));
    assertEquals(0, update("INSERT INTO drafts SELECT 1, 'x' WHERE false"));
    assertEquals(0, update("UPDATE customers SET name = lower(name) WHERE id < 0"));
  }

  @Test
  void otherWrites_areNoGuesses() throws Exception {
    for (int i = 0; i < 5; i++) {
      update("UPDATE customers SET city = 'c" + i + "' WHERE id = 50");
      update("INSERT INTO drafts VALUES (" + i + ", '999-" + i + "')");
      update("DELETE FROM badges WHERE id = -" + i);
    }
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
