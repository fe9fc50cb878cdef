package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing a part of a protected value fails or runs by the rest of it, which is stored. */
class WrittenPartsIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("parts", directory);
    database.policy(
        """
        version: 1
        classes:
          hidden: { columns: ["public.kept.{doc,list,pair,place}", "public.shown.doc"], mask: redact }
        inference: deny
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "CREATE TYPE pair AS (n int, t text)",
            "CREATE DOMAIN small_pair AS pair CHECK ((VALUE).t < 'q')",
            "CREATE TABLE kept (id int PRIMARY KEY, doc jsonb, list int[], pair pair,"
                + " place small_pair, open jsonb, CHECK ((pair).n IS NULL OR (pair).n > 5 OR (pair).t < 'q'))",
            "INSERT INTO kept VALUES (1, '\"x\"', '{{1,2},{3,4}}', '(9,z)', '(1,a)', '{}'),"
                + " (2, '{}', '{1}', '(9,a)', '(1,a)', '{}')",
            "CREATE VIEW shown AS SELECT id, doc FROM kept",
            "GRANT ALL ON kept, shown TO " + database.agent());
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

  /** Each runs for one of the two rows and fails for the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE kept SET doc['a'] = '5' WHERE id = 1",
        "UPDATE kept SET (id, doc['a']) = (1, '5') WHERE id = 1",
        "UPDATE shown SET doc['a'] = '5' WHERE id = 1",
        "UPDATE kept SET list[1] = 7 WHERE id = 1",
        "UPDATE kept SET list[2:3] = '{7,8}' WHERE id = 1",
        "INSERT INTO kept (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET doc['a'] = '5'",
        "MERGE INTO kept USING (VALUES (1)) v (n) ON id = n WHEN MATCHED THEN UPDATE SET doc['a'] = '5'",
        "WITH u AS (UPDATE kept SET doc['a'] = '5' WHERE id = 1 RETURNING id) SELECT id FROM u",
        "UPDATE kept SET place.n = 5 WHERE id = 1",
        "UPDATE kept SET pair.n = 3 WHERE id = 1",
      })
  void partOfAProtectedValue_isNotWritten(String sql) {
    SQLException refused =
        assertThrows(SQLException.class, () -> GuardedDatabase.run(connection, sql));
    assertEquals("42501", refused.getSQLState(), refused::getMessage);
    assertTrue(
        String.valueOf(refused.getMessage()).matches("(?s).*guard\\.(inference|constraint).*"),
        refused::getMessage);
  }

  @Test
  void partThatFitsEveryRow_isWritten() throws Exception {
    GuardedDatabase.run(
        connection,
        "UPDATE kept SET open['a'] = '5'",
        "UPDATE kept SET doc = '{}', list = '{1}' WHERE id = 2",
        "INSERT INTO kept (id, doc['a'], list[2], pair.n) VALUES (3, '5', 7, 8)");
    assertEquals("{\"a\": 5}", database.truth("SELECT doc FROM kept WHERE id = 3"));
    assertEquals("{\"a\": 5}", database.truth("SELECT open FROM kept WHERE id = 1"));
    assertEquals("[2:2]={7}", database.truth("SELECT list FROM kept WHERE id = 3"));
    assertNull(GuardedDatabase.first(connection, "SELECT pair FROM kept WHERE id = 3"));
  }
}
