package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One guess is one value: the same words that stand for another value are another guess. */
class GuessedConstantsIT {
  private static GuardedDatabase database;
  private static int people;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("guessed", directory);
    database.policy(
        """
        version: 1
        classes: { hidden: { columns: ["public.secrets.{word,born,seen}"], mask: redact } }
        inference: { equality: { atMost: 2, per: 1h, writes: 2 } }
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TABLE secrets (id int PRIMARY KEY, word varchar UNIQUE, born date, seen timestamptz)",
            "CREATE TABLE drafts (word text)",
            "INSERT INTO secrets VALUES (1, 'owl', '2001-02-03', '2001-02-03 04:05+00')",
            "INSERT INTO drafts VALUES ('owl')",
            "GRANT ALL ON secrets, drafts TO " + database.agent());
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

  private void runs(String... texts) throws SQLException {
    GuardedDatabase.run(connection, texts);
  }

  private void isOver(String... texts) {
    SQLException refused = assertThrows(SQLException.class, () -> runs(texts));
    assertEquals("42501", refused.getSQLState(), refused::getMessage);
    assertTrue(
        String.valueOf(refused.getMessage()).contains("different ones pass (inference: equality"),
        refused::getMessage);
  }

  @Test
  void constantReadByOtherSettings_isAnother() throws Exception {
    String seen = "SELECT count(*) FROM secrets WHERE seen = '2001-02-03 04:05'";
    runs(
        "SET TimeZone = 'A+01'",
        seen,
        "SET TimeZone = 'A+02'",
        seen,
        "SET TimeZone = 'A+01'",
        seen);
    isOver("SET TimeZone = 'A+03'", seen);
  }

  @Test
  void settingOfTheSameText_countsToo() throws Exception {
    String seen = "SELECT count(*) FROM secrets WHERE born = '2001-02-03 00:00+00'::timestamptz";
    runs("SET TimeZone = 'A+01'; " + seen, "SET TimeZone = 'A+02'; " + seen);
    isOver("SET TimeZone = 'A+03'; " + seen);
  }

  @Test
  void settingThatTheStatementMoves_isAnotherGuessEachTime() throws Exception {
    String seen =
        "SELECT set_config('TimeZone', 'A+0' || (SELECT count(*) FROM drafts), false),"
            + " (SELECT count(*) FROM secrets WHERE born = '2001-02-03 00:00+00'::timestamptz)";
    runs(seen, seen);
    isOver(seen);
  }

  @Test
  void constantCastOtherwise_isAnother() throws Exception {
    String word = "SELECT count(*) FROM secrets WHERE word = 'owls'::varchar(%d)";
    runs(word.formatted(1), word.formatted(2), word.formatted(1));
    isOver(word.formatted(3));
    isOver("SELECT count(*) FROM secrets WHERE word = ANY ('{owls}'::varchar(3)[])");
    isOver("SELECT count(*) FROM secrets WHERE word = ANY (ARRAY['owls']::varchar(3)[])");
  }

  @Test
  void constantCastToATypeAsItIs_isTheSame() throws Exception {
    String word = "SELECT count(*) FROM secrets WHERE word = ";
    runs(word + "'owl'", word + "'owl'::varchar", word + "CAST('owl' AS text)", word + "'jay'");
    isOver(word + "'jays'");
  }

  /** Each run compares what is in the other place then. */
  @Test
  void valueThatIsWorkedOut_isAnotherEachTime() throws Exception {
    String write = "INSERT INTO secrets (id, word) SELECT 1, word FROM drafts LIMIT 1";
    SQLException many = assertThrows(SQLException.class, () -> runs(write));
    assertEquals("42501", many.getSQLState(), many::getMessage);
    String one = "INSERT INTO secrets (id, word) VALUES (2, (SELECT max(word) FROM drafts) || 's')";
    runs(one, "UPDATE drafts SET word = 'jay'", "DELETE FROM secrets WHERE id = 2", one);
    isOver(one);
  }

  @Test
  void valueOfExecuteThatIsWorkedOut_isAnotherEachTime() throws Exception {
    runs("PREPARE p (varchar) AS SELECT count(*) FROM secrets WHERE word = $1");
    String given = "EXECUTE p(current_setting('application_name'))";
    runs("SET application_name = 'owl'", given, "SET application_name = 'jay'", given);
    isOver("SET application_name = 'jays'", given);
  }
}
