package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.LiveCatalog;
import io.pgguard.catalog.Relation;
import io.pgguard.testkit.TestPostgres;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptViewsIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final String[] SCHEMA = {
    "CREATE TABLE person (id int PRIMARY KEY, email text, city text)",
    "CREATE TABLE other (id int, note text)",
    "CREATE TYPE pair AS (a int, b text)",
    "CREATE TABLE holder (id int, p pair, o other, l other[])",
    "CREATE TABLE parent (id int, x text)",
    "CREATE TABLE child () INHERITS (parent)",
    "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE DOMAIN word AS text",
    "CREATE VIEW plain AS SELECT id, email FROM person WHERE city = 'Oslo'",
    "CREATE VIEW upon AS SELECT p.id, email AS mail, note FROM plain p JOIN other o USING (id)",
    "CREATE VIEW fields AS SELECT (p).b, (o).note, (l[1]).note AS first FROM holder",
    "CREATE VIEW rows AS SELECT o AS whole, to_jsonb(o) AS j FROM other o",
    "CREATE VIEW made AS SELECT (jsonb_populate_record(NULL::other, '{}')).note",
    "CREATE VIEW above AS SELECT * FROM parent",
    "CREATE VIEW calls AS SELECT f(id) AS g, note::word AS w FROM other",
    "CREATE MATERIALIZED VIEW kept AS SELECT DISTINCT city FROM person"
  };
  private static final String[] CHANGES = {
    "CREATE TABLE unrelated (id int PRIMARY KEY, email text)",
    "ALTER TABLE unrelated ADD COLUMN more text DEFAULT 'x'",
    "DROP TABLE unrelated",
    "ALTER TABLE other ADD COLUMN email text",
    "ALTER TABLE other RENAME COLUMN note TO remark",
    "ALTER TYPE pair ADD ATTRIBUTE c text",
    "ALTER TABLE parent ADD COLUMN y text",
    "CREATE TABLE second () INHERITS (child)",
    "ALTER TABLE child NO INHERIT parent",
    "CREATE UNIQUE INDEX one_city ON person (city) WHERE email <> ''",
    "CREATE OR REPLACE VIEW plain AS SELECT id, city AS email FROM person",
    "ALTER TABLE person RENAME TO people",
    "ALTER VIEW plain RENAME TO simple",
    "CREATE OR REPLACE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT max(id) FROM people'",
    "ALTER DOMAIN word ADD CHECK (VALUE <> '')",
    "CREATE TABLE f (id int)",
    "CREATE POLICY q ON people USING (city = 'Oslo')",
    "ALTER TABLE people ENABLE ROW LEVEL SECURITY",
    "CREATE TABLE \"q\"\"uoted\" (id int)",
    "CREATE VIEW over AS SELECT * FROM upon",
    "DROP VIEW over",
    "CREATE SCHEMA late CREATE TABLE people (id int, email text)",
    "ALTER TABLE people ALTER COLUMN id SET DEFAULT f(1)",
    "ALTER TABLE other DROP COLUMN id CASCADE",
    "DROP TABLE people CASCADE"
  };

  private String database = "";

  @BeforeEach
  void create() throws Exception {
    database = POSTGRES.createDatabase("kept");
    POSTGRES.execute(database, String.join(";", SCHEMA));
  }

  @AfterEach
  void drop() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  private LiveCatalog live() {
    return new LiveCatalog(() -> JdbcCatalogQueries.open(POSTGRES, database));
  }

  private static LineageAnalyzer fresh(Catalog catalog) {
    return new LineageAnalyzer(catalog, (view, column) -> false);
  }

  /** What is known of every view. */
  private static Map<String, String> views(LineageAnalyzer analyzer) {
    Map<String, String> all = new TreeMap<>();
    for (Relation relation : analyzer.snapshot().catalog().relations()) {
      if (Relations.isView(relation)) {
        Views.ViewLineage lineage = analyzer.snapshot().views().lineage(relation);
        Map<Integer, String> columns = new TreeMap<>();
        lineage
            .columns()
            .forEach((n, sources) -> columns.put(n, new TreeSet<>(text(sources)).toString()));
        all.put(
            relation.qualifiedName(),
            columns
                + " "
                + text(lineage.rest())
                + new TreeSet<>(lineage.reads())
                + lineage.calls()
                + lineage.influences()
                + new TreeSet<>(lineage.loud())
                + lineage.certain());
      }
    }
    return all;
  }

  private static TreeSet<String> text(Sources sources) {
    TreeSet<String> text = new TreeSet<>();
    sources.toSet().forEach(source -> text.add(source.toString()));
    return text;
  }

  @Test
  void keep_afterEachChange_isWhatReadingAnewGives() throws Exception {
    try (LiveCatalog live = live()) {
      LineageAnalyzer kept = fresh(live.current());
      views(kept);
      for (String change : CHANGES) {
        POSTGRES.execute(database, change);
        Catalog now = live.refresh();
        kept = new LineageAnalyzer(now, (view, column) -> false, kept);
        assertEquals(views(fresh(now)), views(kept), change);
      }
    }
  }

  @Test
  void keep_unrelatedTable_keepsTheViews() throws Exception {
    try (LiveCatalog live = live()) {
      LineageAnalyzer before = fresh(live.current());
      int views = views(before).size();
      for (String change : new String[] {CHANGES[0], CHANGES[1], CHANGES[2]}) {
        POSTGRES.execute(database, change);
        LineageAnalyzer now = new LineageAnalyzer(live.refresh(), (view, column) -> false, before);
        Map<Integer, Views.ViewLineage> known = now.snapshot().views().known();
        assertTrue(known.size() > views * 3 / 4, change + " kept " + known.size());
        for (Relation relation : now.snapshot().catalog().relations()) {
          if (Relations.isView(relation) && relation.schema().equals("public")) {
            boolean calls = relation.name().equals("calls"); // what it calls may give anything
            assertEquals(!calls, known.containsKey(relation.oid()), change + relation.name());
          }
        }
        views(now);
        before = now;
      }
    }
  }

  @Test
  void keep_viewOfAViewThatWasReplaced_readsBothAnew() throws Exception {
    try (LiveCatalog live = live()) {
      LineageAnalyzer before = fresh(live.current());
      views(before);
      POSTGRES.execute(
          database, "CREATE OR REPLACE VIEW plain AS SELECT id, city AS email FROM person");
      Catalog now = live.refresh();
      Map<Integer, Views.ViewLineage> known =
          new LineageAnalyzer(now, (view, column) -> false, before).snapshot().views().known();
      for (String name : new String[] {"plain", "upon"}) {
        assertFalse(known.containsKey(now.relation("public", name).orElseThrow().oid()), name);
      }
      assertTrue(known.containsKey(now.relation("public", "above").orElseThrow().oid()));
    }
  }
}
