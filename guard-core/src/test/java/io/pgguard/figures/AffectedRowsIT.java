package io.pgguard.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.catalog.SearchPath;
import io.pgguard.judge.FigureSource;
import io.pgguard.session.PlannedDatabase;
import io.pgguard.statement.StatementReader;
import io.pgguard.statement.StatementText;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is counted before a statement runs, on a table of three rows. */
class AffectedRowsIT {
  private static PlannedDatabase planned;

  @BeforeAll
  static void start() throws Exception {
    planned =
        PlannedDatabase.of(
            "CREATE TABLE t (id int PRIMARY KEY, label text, n int);"
                + " INSERT INTO t VALUES (1, 'a', 0), (2, 'b', 1), (3, 'c', 2);"
                + " CREATE TABLE other (id int); INSERT INTO other VALUES (1), (2)",
            "{ version: 1, mode: enforce, otherwise: deny }");
  }

  @AfterAll
  static void stop() throws Exception {
    planned.close();
  }

  private static void assertCounted(long rows, boolean sparesNone, String sql) throws Exception {
    FigureSource.Counted expected =
        new FigureSource.Counted(OptionalLong.of(rows), sparesNone, true);
    assertEquals(expected, counted(sql), sql);
  }

  private static FigureSource.Counted counted(String sql) throws Exception {
    StatementText text = StatementReader.read(sql);
    return AffectedRows.count(
        planned.access(),
        text.statements().get(0),
        text.tokens(),
        SearchPath.of("pg_catalog", "public"));
  }

  @Test
  void deletesAndUpdates_areCountedByTheirCondition() throws Exception {
    assertCounted(1, false, "DELETE FROM t WHERE n < 1");
    assertCounted(3, true, "DELETE FROM t WHERE id >= 0");
    assertCounted(3, true, "DELETE FROM ONLY t AS x WHERE x.ctid IS NOT NULL -- all");
    assertCounted(2, false, "DELETE FROM t USING other o WHERE o.id = t.id RETURNING t.*");
    assertCounted(
        2, false, "UPDATE t SET n = CASE WHEN n IS DISTINCT FROM 1 THEN 2 END WHERE id < 3");
    assertCounted(3, true, "UPDATE t SET (n, label) = (1, 'x') FROM other WHERE other.id = 1");
    assertCounted(3, true, "UPDATE t SET n = CASE WHEN true THEN t.n END WHERE t.id > 0");
  }

  @Test
  void inserts_areCountedByTheirSource() throws Exception {
    assertCounted(2, false, "INSERT INTO t VALUES (7, 'x', 1), (8, 'y', 2)");
    assertCounted(1, false, "INSERT INTO t DEFAULT VALUES");
    assertCounted(9, false, "INSERT INTO t (id) SELECT g FROM generate_series(11, 19) g");
    assertCounted(
        3, true, "INSERT INTO t (id, n) SELECT id, 0 FROM t ON CONFLICT (id) DO UPDATE SET n = 0");
    assertCounted(
        4,
        false,
        "INSERT INTO t (id, n) SELECT 70 + g, 0 FROM generate_series(1, 4) g ON CONFLICT (id) DO UPDATE SET n = 0");
  }

  @Test
  void rowsOfParameters_areAsManyAsAreWritten() throws Exception {
    assertCounted(1, false, "INSERT INTO t (label, n) VALUES ($1, $2) RETURNING *");
    assertCounted(
        2,
        false,
        "INSERT INTO t VALUES ($1, $2, DEFAULT), ($3, 'x', $4::int) ON CONFLICT (id) DO UPDATE SET n = $5");
    for (String sql :
        new String[] {
          "INSERT INTO t VALUES (generate_series(1, $1))",
          "INSERT INTO t (id) SELECT g FROM generate_series(1, $1) g",
          "WITH d AS (DELETE FROM t) INSERT INTO t VALUES ($1)"
        }) {
      assertEquals(FigureSource.Counted.UNKNOWN, counted(sql), sql);
    }
  }

  @Test
  void joinsInTheSource_keepTheirConditions() throws Exception {
    assertCounted(
        2,
        false,
        "INSERT INTO t (id) SELECT t.id + 50 FROM t JOIN other o ON o.id = t.id ON CONFLICT DO NOTHING");
    assertCounted(
        1,
        false,
        "MERGE INTO t USING other o JOIN t t2 ON t2.id = o.id CROSS JOIN other p ON t.id = o.id AND t.id < 2 AND p.id = 2 WHEN MATCHED THEN DELETE");
    assertCounted(
        2,
        false,
        "MERGE INTO t USING (other o JOIN t t2 USING (id)) ON t.id = o.id WHEN MATCHED THEN DELETE");
  }

  @Test
  void merges_areCountedByTheirMatches() throws Exception {
    assertCounted(3, true, "MERGE INTO t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE");
    assertCounted(
        2,
        false,
        "MERGE INTO t USING other o ON o.id = t.id WHEN MATCHED THEN UPDATE SET n = 9 WHEN NOT MATCHED THEN DO NOTHING");
    assertCounted(
        2,
        false,
        "MERGE INTO t USING (SELECT 1) s ON true WHEN MATCHED AND t.n > 0 THEN DELETE WHEN MATCHED THEN DO NOTHING");
    assertCounted(
        1,
        false,
        "MERGE INTO t USING other o ON o.id = t.id WHEN MATCHED AND o.id = 1 THEN DO NOTHING WHEN MATCHED THEN UPDATE SET n = CASE WHEN t.n > 7 THEN 1 ELSE 2 END");
  }

  @Test
  void merges_areCountedByWhatTheyAddAndByWhatTheirSourceMisses() throws Exception {
    assertCounted(
        1,
        false,
        "MERGE INTO t USING (VALUES (3, 'c'), (4, 'd')) s (id, label) ON s.id = t.id WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED BY TARGET THEN INSERT (id, label) VALUES (s.id, s.label)");
    assertCounted(
        3,
        true,
        "MERGE INTO t USING (SELECT 1 WHERE false) s ON true WHEN NOT MATCHED BY SOURCE THEN DELETE");
    assertCounted(
        3,
        true,
        "MERGE INTO t USING other o ON o.id = t.id WHEN MATCHED THEN UPDATE SET n = 0 WHEN NOT MATCHED BY SOURCE THEN DELETE");
    assertCounted(
        2,
        false,
        "MERGE INTO t AS x USING other o ON o.id = x.id AND x.id < 2 WHEN NOT MATCHED BY SOURCE AND x.id < 3 THEN DELETE WHEN MATCHED THEN UPDATE SET label = 'new'");
  }

  @Test
  void changesUnderWith_areCountedThroughWhatTheyReturn() throws Exception {
    assertCounted(
        2,
        false,
        "WITH moved AS (DELETE FROM t WHERE n < 1 RETURNING id) INSERT INTO other SELECT id FROM moved");
  }

  @Test
  void formsThatCannotBeCounted_mayChangeEveryRow() throws Exception {
    for (String sql :
        new String[] {
          "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 3)"
              + " CYCLE i SET c USING p DELETE FROM t WHERE id IN (SELECT i FROM r)",
          "WITH a AS (WITH b AS (SELECT 1) DELETE FROM t WHERE id = 1) DELETE FROM other WHERE id = 1",
          "INSERT INTO other VALUES (generate_series(1, 9))"
        }) {
      assertEquals(FigureSource.Counted.UNCOUNTABLE, counted(sql), sql);
    }
  }
}
