package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.CatalogReader;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.reach.Asked;
import io.pgguard.reach.Channels;
import io.pgguard.reach.FunctionSafety;
import io.pgguard.reach.NamedCode;
import io.pgguard.reach.Reach;
import io.pgguard.reach.ReachSafety;
import io.pgguard.reach.Reaches;
import io.pgguard.reach.Safety;
import io.pgguard.reach.TriggerSafety;
import io.pgguard.statement.Name;
import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server runs by itself when a relation is written is judged wherever it leads. */
class WriteSafetyIT {
  private static Catalog catalog;
  private static Reaches reaches;
  private static FunctionSafety functions;
  private static TriggerSafety triggers;
  private static ProtectedColumns<String> columns;

  @BeforeAll
  static void load() throws Exception {
    String database = TestPostgres.shared().createDatabase("write_safety");
    TestPostgres.shared()
        .execute(
            database,
            "CREATE TABLE person (id int PRIMARY KEY, ssn text)",
            "CREATE TABLE parent (id int PRIMARY KEY)",
            "CREATE TABLE child (id int PRIMARY KEY,"
                + " parent int REFERENCES parent ON DELETE CASCADE)",
            "CREATE TABLE leaf (child int REFERENCES child ON UPDATE CASCADE ON DELETE SET NULL)",
            "CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql"
                + " AS 'BEGIN RAISE NOTICE ''%'', (SELECT max(ssn) FROM person); RETURN OLD; END'",
            "CREATE TRIGGER t AFTER UPDATE ON leaf FOR EACH ROW EXECUTE FUNCTION tell()",
            "CREATE TABLE kept_log (id int)",
            "CREATE TRIGGER t BEFORE TRUNCATE ON kept_log EXECUTE FUNCTION tell()",
            "CREATE TABLE spread (id int, n int) PARTITION BY LIST (id)",
            "CREATE TABLE spread_one PARTITION OF spread FOR VALUES IN (1)",
            "CREATE TABLE spread_two PARTITION OF spread FOR VALUES IN (2)",
            "CREATE TRIGGER t AFTER DELETE ON spread_one FOR EACH ROW EXECUTE FUNCTION tell()",
            "CREATE TABLE ruled_parent (id int PRIMARY KEY)",
            "CREATE TABLE ruled (id int REFERENCES ruled_parent ON DELETE CASCADE)",
            "CREATE RULE r AS ON DELETE TO ruled DO ALSO SELECT ssn FROM person",
            "CREATE TABLE kept_parent (id int PRIMARY KEY)",
            "CREATE TABLE kept (id int REFERENCES kept_parent)",
            "CREATE TRIGGER t AFTER DELETE ON kept FOR EACH ROW EXECUTE FUNCTION tell()",
            "CREATE FUNCTION peeks(text) RETURNS boolean LANGUAGE plpgsql STABLE"
                + " AS 'BEGIN RETURN $1 <> (SELECT max(ssn) FROM person); END'",
            "CREATE DOMAIN nosy AS text CHECK (peeks(VALUE))",
            "CREATE DOMAIN nosier AS nosy",
            "CREATE DOMAIN plain AS text CHECK (VALUE <> '')",
            "CREATE TABLE has_domain (id int, n nosier)",
            "CREATE TABLE has_array (id int, n nosy[])",
            "CREATE TABLE has_plain (id int, p plain)",
            "CREATE TYPE pair AS (a nosy, b int)",
            "CREATE TABLE has_pair (p pair)",
            "CREATE TYPE box_of AS (a int)",
            "CREATE FUNCTION to_box(int) RETURNS box_of LANGUAGE plpgsql"
                + " AS 'BEGIN RETURN ROW($1)::box_of; END'",
            "CREATE CAST (int AS box_of) WITH FUNCTION to_box(int) AS ASSIGNMENT",
            "CREATE TABLE has_cast (b box_of)",
            "CREATE FUNCTION shouts() RETURNS trigger LANGUAGE plpgsql"
                + " AS 'BEGIN PERFORM sends(TG_TABLE_NAME || ''_x'', NEW.ssn); RETURN NEW; END'",
            "CREATE FUNCTION sends(text, text) RETURNS void LANGUAGE plpgsql"
                + " AS 'BEGIN PERFORM pg_notify($1, $2); END'");
    TestPostgres.shared()
        .execute(
            database,
            "CREATE TRIGGER s AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION shouts()");
    try (Connection connection = TestPostgres.shared().connect(database)) {
      catalog = new CatalogReader().read(new JdbcCatalogQueries(connection));
    }
    LineageAnalyzer analyzer = new LineageAnalyzer(catalog);
    reaches = analyzer.reaches();
    columns =
        ProtectedColumns.of(
            analyzer,
            (relation, column) ->
                column.name().equals("ssn") ? Optional.of("secret") : Optional.empty(),
            signature -> false);
    functions = new FunctionSafety(catalog, reaches, columns, signature -> false);
    triggers = new TriggerSafety(catalog, reaches, columns, functions, true);
  }

  private static Safety write(String relation, boolean keys) {
    return change(relation, keys ? Event.ALL : Set.of(Event.INSERT));
  }

  private static Safety change(String relation, Set<Event> changes) {
    return triggers.judge(catalog.relation("public", relation).orElseThrow().oid(), changes);
  }

  @Test
  void cascadesOfForeignKeys_areFollowedAtAnyDepth() {
    assertInstanceOf(Safety.Unsafe.class, write("parent", true));
    assertInstanceOf(Safety.Unsafe.class, write("child", true));
    assertInstanceOf(Safety.Unsafe.class, write("ruled_parent", true));
  }

  @Test
  void insertedRowsAndPlainReferences_cascadeNowhere() {
    assertEquals(Safety.SAFE, write("parent", false));
    assertEquals(Safety.SAFE, write("kept_parent", true));
  }

  @Test
  void triggers_areJudgedForTheChangesThatSetThemOff() {
    assertEquals(Safety.SAFE, change("leaf", Set.of(Event.INSERT)));
    assertEquals(Safety.SAFE, change("leaf", Set.of(Event.DELETE)));
    assertInstanceOf(Safety.Unsafe.class, change("leaf", Set.of(Event.INSERT, Event.UPDATE)));
    assertEquals(Safety.SAFE, change("kept", Set.of(Event.INSERT, Event.UPDATE)));
    assertInstanceOf(Safety.Unsafe.class, change("kept", Set.of(Event.DELETE)));
    assertEquals(Safety.SAFE, change("kept_log", Set.of(Event.INSERT, Event.UPDATE, Event.DELETE)));
    assertInstanceOf(Safety.Unsafe.class, change("kept_log", Set.of(Event.TRUNCATE)));
  }

  @Test
  void rowsThatMoveToAnotherPartition_areRemovedFromTheirOwn() {
    assertInstanceOf(Safety.Unsafe.class, change("spread", Set.of(Event.UPDATE)));
    assertEquals(Safety.SAFE, change("spread", Set.of(Event.INSERT)));
  }

  @Test
  void removedRows_setOffWhatIsSetOffByTheUpdatesTheyCascadeTo() {
    assertInstanceOf(Safety.Unsafe.class, change("child", Set.of(Event.DELETE)));
    assertInstanceOf(Safety.Unsafe.class, change("parent", Set.of(Event.DELETE)));
  }

  @Test
  void checksOfDomains_areJudgedWhereTheyAreStored() {
    assertInstanceOf(Safety.Unsafe.class, write("has_domain", false));
    assertInstanceOf(Safety.Unsafe.class, write("has_array", false));
    assertInstanceOf(Safety.Unsafe.class, write("has_pair", false));
    assertEquals(Safety.SAFE, write("has_plain", false));
  }

  @Test
  void castsThatNoTextNames_areJudgedWhereTheyStore() {
    assertInstanceOf(Safety.Unsafe.class, write("has_cast", false));
  }

  @Test
  void castsToDomains_areJudgedByTheirChecks() {
    for (String type : List.of("nosy", "nosier", "pair", "_nosy")) {
      assertInstanceOf(Safety.Unsafe.class, made(type), type);
    }
    for (String type : List.of("plain", "text")) {
      assertEquals(Safety.SAFE, made(type), type);
    }
  }

  private static Safety made(String type) {
    NamedCode named =
        new NamedCode(
            Set.of(), Set.of(), Set.of(), Set.of(Name.of(type)), false, false, false, false);
    SearchPath path = SearchPath.of("pg_catalog", "public");
    Reach reach = reaches.of(new Asked(named, path, Set.of(), Map.of()));
    return new ReachSafety(catalog, functions, columns.protectedNames()).judge(reach);
  }

  @Test
  void channelThatIsComputed_mayBeAny() {
    Channels channels = Channels.of(catalog, columns);
    assertTrue(channels.any());
    assertTrue(channels.mayCarry("person_x"));
    assertFalse(channels.names().contains("person_x"));
  }
}
