package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pgguard.catalog.CountedQueries.Count;
import io.pgguard.testkit.TestPostgres;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What reading the catalog costs, in what does not depend on the machine: queries, rows, characters
 * and bytes allocated, and how each grows with the number of tables. Each column has a name of its
 * own, so that nothing can be shared.
 */
class CatalogScaleIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final int TABLES = 300;
  private static final List<String> CHANGES =
      List.of(
          "CREATE TABLE %s.t (id int PRIMARY KEY, x text)",
          "ALTER TABLE %s.t ADD COLUMN y int",
          "CREATE VIEW %s.v AS SELECT y FROM %1$s.t",
          "ALTER TABLE %s.t RENAME COLUMN y TO z",
          "CREATE OR REPLACE VIEW %s.v AS SELECT 1 AS y",
          "CREATE FUNCTION %s.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
          "INSERT INTO %s.t VALUES (1)",
          "DROP VIEW %s.v",
          "DROP TABLE %s.t");

  private final CatalogReader reader = new CatalogReader();
  private String database = "";

  @BeforeEach
  void create() throws Exception {
    database = POSTGRES.createDatabase("scale");
    POSTGRES.execute(database, "CREATE SCHEMA scale");
  }

  @AfterEach
  void drop() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  private CountedQueries open() {
    return new CountedQueries(JdbcCatalogQueries.open(POSTGRES, database));
  }

  private void makeTables(int from, int to) throws Exception {
    POSTGRES.execute(
        database,
        """
        DO $$ BEGIN
          FOR n IN %d..%d LOOP
            EXECUTE (SELECT pg_catalog.format('CREATE TABLE scale.relation_%%s (%%s)', n,
                       string_agg(pg_catalog.format('column_%%s_%%s text', n, i), ', '))
                       FROM generate_series(1, 20) AS i);
          END LOOP;
        END $$
        """
            .formatted(from, to));
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  /** What one whole read takes. */
  private record Cost(Count count, long bytes) {}

  private Cost whole() {
    try (CountedQueries queries = open()) {
      reader.read(queries);
      queries.take();
      long before = allocated();
      reader.read(queries);
      return new Cost(queries.take(), allocated() - before);
    }
  }

  @Test
  void read_twiceTheTables_takesTwiceTheRowsAndMemoryInAsManyQueries() throws Exception {
    Cost none = whole();
    makeTables(1, TABLES);
    Cost once = whole();
    makeTables(TABLES + 1, 2 * TABLES);
    Cost twice = whole();
    assertEquals(none.count().texts(), twice.count().texts());
    grows("rows", none.count().rows(), once.count().rows(), twice.count().rows());
    grows(
        "characters",
        none.count().characters(),
        once.count().characters(),
        twice.count().characters());
    grows("bytes", none.bytes(), once.bytes(), twice.bytes());
  }

  /** The second half may cost a tenth more than the first. */
  private static void grows(String what, long none, long once, long twice) {
    long first = once - none;
    long second = twice - once;
    assertTrue(second <= first * 1.1, what + ": " + first + ", then " + second);
  }

  @Test
  void update_afterOneChange_costsTheSameInEveryCatalog() throws Exception {
    List<Count> small = changes("a");
    makeTables(1, TABLES);
    List<Count> large = changes("b");
    for (int i = 0; i < small.size(); i++) {
      Count before = small.get(i);
      Count after = large.get(i);
      if (CHANGES.get(i).startsWith("DROP")) { // some rows have gone, of how many tables
        assertTrue(after.rounds() <= 4, after.toString());
        assertTrue(after.texts() <= 30 && after.rows() <= 800, after.toString());
        continue;
      }
      assertEquals(before.rounds(), after.rounds(), "rounds for change " + i);
      assertEquals(before.texts(), after.texts(), "queries for change " + i);
      assertEquals(before.rows(), after.rows(), "rows for change " + i);
      assertTrue(after.rounds() <= (CHANGES.get(i).contains(" y") ? 12 : 2), after.toString());
      assertTrue(after.texts() <= 60, after.toString());
      assertTrue(after.rows() <= 120, after.toString());
    }
  }

  @Test
  void update_afterDropInTwiceTheCatalog_sendsAsLittle() throws Exception {
    makeTables(1, TABLES);
    long once = dropped("a").characters();
    makeTables(TABLES + 1, 2 * TABLES);
    long twice = dropped("b").characters();
    assertTrue(twice <= once * 1.2, once + ", then " + twice);
  }

  private Count dropped(String schema) throws Exception {
    return changes(schema).get(CHANGES.size() - 1);
  }

  private List<Count> changes(String schema) throws Exception {
    POSTGRES.execute(database, "CREATE SCHEMA " + schema);
    try (CountedQueries queries = open()) {
      CatalogReading reading = reader.readAll(queries);
      List<Count> counts = new java.util.ArrayList<>();
      for (String change : CHANGES) {
        POSTGRES.execute(database, change.formatted(schema));
        queries.take();
        reading = reader.readChanges(reading, queries);
        counts.add(queries.take());
      }
      return counts;
    }
  }
}
