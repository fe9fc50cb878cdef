package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PGobject;

/**
 * Values become domains without a word in the text, and what a domain's check says of a value that
 * the agent chose is seen: one that reads protected columns would answer any question.
 */
class DomainChecksIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("domainchecks", directory);
    database.policy(
        """
        version: 1
        classes: { hidden: { columns: ["*.emp.ssn"], mask: redact } }
        inference: deny
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE emp (id int, ssn text)",
            "INSERT INTO emp VALUES (1, '901-1')",
            "CREATE FUNCTION hit(text) RETURNS bool LANGUAGE plpgsql STABLE AS"
                + " 'BEGIN RETURN EXISTS (SELECT FROM emp WHERE ssn = $1); END'",
            "CREATE DOMAIN hunch AS text CHECK (VALUE IS NULL OR hit(VALUE))",
            "CREATE TYPE box_of AS (n int, h hunch)",
            "CREATE TYPE from_to AS RANGE (subtype = hunch)",
            "CREATE TABLE guessed (id int, h hunch, hs hunch[], b box_of, r from_to)",
            "INSERT INTO guessed (id) VALUES (1)",
            "CREATE TABLE plainly (id int, h hunch)",
            "CREATE FUNCTION short(text) RETURNS bool LANGUAGE plpgsql AS"
                + " 'BEGIN RETURN length($1) < 9; END'",
            "CREATE DOMAIN word AS text CHECK (short(VALUE))",
            "CREATE TABLE spoken (id int, w word, ws word[])",
            "INSERT INTO spoken VALUES (1, 'a', '{a}')",
            "GRANT ALL ON emp, guessed, plainly, spoken TO " + database.agent());
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

  private String run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return "ran";
    } catch (SQLException e) {
      return String.valueOf(e.getSQLState());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM guessed WHERE hs = '{%s}'",
        "SELECT coalesce(hs, '{%s}') FROM guessed",
        "SELECT hs FROM guessed UNION ALL SELECT '{%s}'",
        "SELECT id FROM guessed WHERE r = '[%1$s,%1$s]'",
        "SELECT jsonb_populate_record(b, '{\"h\":\"%s\"}') FROM guessed",
        "SELECT coalesce(g, '(1,%s,,,)') FROM guessed g",
        "SELECT lag(h, 1, '%s') OVER () FROM guessed",
        "SELECT ARRAY[h] || '{%s}' FROM guessed",
        "DELETE FROM guessed WHERE hs = '{%s}' AND id = 2",
      })
  void constantBesideAColumnOfADomain_isNotReadWhereItsCheckReadsWhatIsProtected(String sql)
      throws Exception {
    assertEquals("42501", run(sql.formatted("901-1")));
    assertEquals("42501", run(sql.formatted("901-2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '{%s}'::hunch[], misspelt FROM emp",
        "SELECT '(1,%s)'::box_of, misspelt FROM emp",
        "SELECT nosuch('{%s}'::hunch[])",
        "SELECT '{%s}'::hunch[] FROM emp WHERE ssn LIKE 'a%%'",
      })
  void refusedText_isNotParsedWhereThatRunsSuchAChecks(String sql) throws Exception {
    assertEquals("42501", run(sql.formatted("901-1")));
    assertEquals("42501", run(sql.formatted("901-2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunch", "_hunch", "box_of", "from_to", "guessed"})
  void parameterDeclaredAsOne_isRefused(String type) throws Exception {
    for (String guess : new String[] {"901-1", "901-2"}) {
      PGobject value = new PGobject();
      value.setType(type);
      value.setValue(
          switch (type) {
            case "hunch" -> guess;
            case "_hunch" -> "{" + guess + "}";
            case "box_of" -> "(1," + guess + ")";
            case "from_to" -> "[" + guess + "," + guess + "]";
            default -> "(1," + guess + ",,,)";
          });
      try (PreparedStatement statement = connection.prepareStatement("SELECT ? IS NULL")) {
        statement.setObject(1, value);
        statement.executeQuery().close();
        throw new AssertionError("ran");
      } catch (SQLException e) {
        assertEquals("42501", e.getSQLState());
      }
    }
  }

  @Test
  void temporaryTableOfOne_isRefusedToo() throws Exception {
    assertEquals("42501", run("CREATE TEMP TABLE mine AS SELECT hs FROM guessed"));
    assertEquals("42501", run("CREATE TEMP TABLE mine (id int, hs hunch[])"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, h FROM plainly WHERE h = 'x' ORDER BY h",
        "SELECT p.*, upper(h) FROM plainly p WHERE h IN ('x', 'y') OR coalesce(h, 'z') = 'z'",
        "DELETE FROM plainly WHERE h = 'x'",
      })
  void plainColumnOfOne_isReadAsBefore(String sql) throws Exception {
    assertEquals("ran", run(sql));
  }

  @Test
  void checkThatReadsNothing_disturbsNoReader() throws Exception {
    assertEquals("ran", run("SELECT id, w FROM spoken WHERE w = 'a' AND ws = '{a}'"));
    assertEquals("ran", run("SELECT coalesce(ws, '{b}'), lag(w, 1, 'c') OVER () FROM spoken"));
    assertEquals("ran", run("SELECT id FROM emp"));
  }
}
