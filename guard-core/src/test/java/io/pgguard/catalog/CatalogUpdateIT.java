package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.testkit.TestPostgres;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot made from what has changed is the same as one that is read whole. */
class CatalogUpdateIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();

  private final CatalogReader reader = new CatalogReader();
  private String database = "";
  private JdbcCatalogQueries queries = open("postgres");

  @BeforeEach
  void create() throws Exception {
    database = POSTGRES.createDatabase("update");
    queries.close();
    queries = open(database);
  }

  @AfterEach
  void drop() throws Exception {
    queries.close();
    POSTGRES.dropDatabase(database);
  }

  private static JdbcCatalogQueries open(String database) {
    return JdbcCatalogQueries.open(POSTGRES, database);
  }

  private static void assertAlike(Catalog whole, Catalog updated, String after) {
    assertAlike(whole.relations(), updated.relations(), after);
    assertAlike(whole.functions(), updated.functions(), after);
    assertAlike(whole.types(), updated.types(), after);
    assertAlike(whole.casts(), updated.casts(), after);
    assertAlike(whole.operators(), updated.operators(), after);
    assertEquals(whole.eventTriggers(), updated.eventTriggers(), after);
    assertEquals(whole.fingerprint(), updated.fingerprint(), after);
  }

  private static <T> void assertAlike(Collection<T> whole, Collection<T> updated, String after) {
    Set<T> missing = new HashSet<>(whole);
    missing.removeAll(updated);
    Set<T> more = new HashSet<>(updated);
    more.removeAll(whole);
    assertEquals(
        List.of(List.of(), List.of()), List.of(List.copyOf(missing), List.copyOf(more)), after);
    assertEquals(whole.size(), updated.size(), after);
  }

  @Test
  void update_afterEachChange_isAsIfReadWhole() throws Exception {
    String[] changes = {
      "CREATE SCHEMA a",
      "ALTER SCHEMA a RENAME TO b",
      "CREATE TABLE b.t (id int, x text)",
      "ALTER TABLE b.t RENAME COLUMN x TO y",
      "ALTER TABLE b.t ALTER COLUMN y TYPE varchar(9)",
      "ALTER TABLE b.t ADD COLUMN z int DEFAULT random()",
      "ALTER TABLE b.t ALTER COLUMN z DROP DEFAULT",
      "ALTER TABLE b.t DROP COLUMN z",
      "ALTER TABLE b.t RENAME TO u",
      "CREATE FUNCTION b.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "ALTER TABLE b.u ALTER COLUMN id SET DEFAULT b.f(1)",
      "ALTER TABLE b.u ADD CONSTRAINT c CHECK (b.f(id) = 1)",
      "ALTER FUNCTION b.f(int) RENAME TO f2",
      "ALTER FUNCTION b.f2(int) RENAME TO f",
      "ALTER TABLE b.u DROP CONSTRAINT c",
      "CREATE INDEX i ON b.u ((id + 1))",
      "CREATE FUNCTION b.pure(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'",
      "CREATE INDEX i2 ON b.u (b.pure(id))",
      "DROP INDEX b.i2",
      "CREATE OR REPLACE FUNCTION b.f(int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "ALTER FUNCTION b.f(int) SECURITY DEFINER",
      "ALTER FUNCTION b.f(int) SET search_path = b",
      "CREATE VIEW b.v AS SELECT id, y, b.f(id) AS g FROM b.u",
      "CREATE VIEW b.w AS SELECT id AS i FROM b.v",
      "CREATE FUNCTION b.stored(int) RETURNS int RETURN (SELECT max(id) FROM b.u WHERE id < $1)",
      "ALTER TABLE b.u RENAME COLUMN y TO z",
      "ALTER TABLE b.u RENAME COLUMN id TO number",
      "ALTER VIEW b.v RENAME COLUMN id TO number",
      "ALTER FUNCTION b.f(int) RENAME TO f3",
      "CREATE OR REPLACE VIEW b.v AS SELECT number + 1 AS number, z AS y, 7 AS g, 1 AS more FROM b.u",
      "ALTER TABLE b.u RENAME TO uu",
      "ALTER TABLE b.uu SET SCHEMA public",
      "CREATE TABLE b.p (id int) PARTITION BY RANGE (id)",
      "CREATE TABLE b.p1 (id int)",
      "ALTER TABLE b.p ATTACH PARTITION b.p1 FOR VALUES FROM (0) TO (9)",
      "ALTER TABLE b.p DETACH PARTITION b.p1",
      "CREATE TABLE b.heir () INHERITS (b.p1)",
      "ALTER TABLE b.heir NO INHERIT b.p1",
      "CREATE FUNCTION b.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "CREATE TRIGGER g BEFORE INSERT ON b.p FOR EACH ROW EXECUTE FUNCTION b.g()",
      "ALTER TABLE b.p DISABLE TRIGGER g",
      "ALTER TABLE b.p ENABLE TRIGGER g",
      "DROP TRIGGER g ON b.p",
      "CREATE RULE r AS ON DELETE TO b.p DO INSTEAD NOTHING",
      "DROP RULE r ON b.p",
      "ALTER TABLE b.p ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY q ON b.p USING (b.f3(id) = 1)",
      "DROP POLICY q ON b.p",
      "CREATE DOMAIN b.d AS text",
      "ALTER DOMAIN b.d ADD CONSTRAINT k CHECK (b.f3(length(VALUE)) = 1)",
      "CREATE FUNCTION b.takes(b.d, b.d[]) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE VIEW b.cast_away AS SELECT 'x'::b.d AS d, z::b.d AS e FROM public.uu",
      "ALTER DOMAIN b.d RENAME TO dd",
      "ALTER DOMAIN b.dd DROP CONSTRAINT k",
      "CREATE TYPE b.e AS ENUM ('x')",
      "CREATE TYPE b.row AS (a int, c text)",
      "ALTER TYPE b.row RENAME ATTRIBUTE c TO h",
      "CREATE OPERATOR b.!! (RIGHTARG = int, FUNCTION = b.f3)",
      "CREATE CAST (b.row AS text) WITH INOUT",
      "DROP CAST (b.row AS text)",
      "DROP OPERATOR b.!! (NONE, int)",
      "CREATE FUNCTION b.h() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
      "CREATE EVENT TRIGGER h ON ddl_command_end EXECUTE FUNCTION b.h()",
      "ALTER EVENT TRIGGER h DISABLE",
      "DROP EVENT TRIGGER h",
      "CREATE TABLE b.master (id int PRIMARY KEY)",
      "CREATE TABLE b.slave (id int REFERENCES b.master ON DELETE CASCADE)",
      "ALTER TABLE b.slave DROP CONSTRAINT slave_id_fkey",
      "DROP VIEW b.w",
      "DROP TABLE public.uu CASCADE",
      "CREATE TABLE b.stays (id serial PRIMARY KEY, x text)",
      "ALTER SEQUENCE b.stays_id_seq RENAME TO stays_seq",
      "DROP FUNCTION b.takes(b.dd, b.dd[])",
      "ALTER SCHEMA b RENAME TO c",
      "DROP SCHEMA c CASCADE"
    };
    CatalogReading reading = reader.readAll(queries);
    int differing = 0;
    for (int i = 0; i < changes.length; i++) {
      String change = changes[i];
      Catalog before = reading.catalog();
      POSTGRES.execute(database, change);
      reading = reader.readChanges(reading, queries);
      if (i % 3 == 2 || isUndone(changes, i)) { // to read it whole takes long
        assertAlike(reader.read(queries), reading.catalog(), change);
      }
      differing += before.fingerprint() == reading.catalog().fingerprint() ? 0 : 1;
    }
    assertTrue(differing > changes.length * 0.9, differing + " changes showed");
  }

  /** Whether the next change may take away what this one made. */
  private static boolean isUndone(String[] changes, int at) {
    return at + 1 == changes.length
        || changes[at + 1].matches("(DROP|DISABLE|ALTER .* (DROP|DETACH|NO INHERIT|DISABLE)) .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO w.t (x) SELECT 'x' FROM generate_series(1, 1000)",
        "ANALYZE w.t",
        "VACUUM w.t",
        "VACUUM FULL w.t",
        "TRUNCATE w.t",
        "GRANT SELECT ON w.t TO PUBLIC",
        "GRANT USAGE ON SCHEMA w TO PUBLIC",
        "COMMENT ON TABLE w.t IS 'work'",
        "CREATE TEMP TABLE here (id serial PRIMARY KEY, x text); CREATE TEMP VIEW too AS TABLE here",
        "ALTER TABLE w.t SET (autovacuum_enabled = off)"
      })
  void update_afterWorkThatChangesNoMeaning_isTheSameObject(String work) throws Exception {
    POSTGRES.execute(
        database, "CREATE SCHEMA w", "CREATE TABLE w.t (id serial PRIMARY KEY, x text)");
    CatalogReading reading = reader.readAll(queries);
    Catalog before = reading.catalog();
    POSTGRES.execute(database, work);
    reading = reader.readChanges(reading, queries);
    assertSame(before, reading.catalog());
    assertAlike(reader.read(queries), before, work);
  }

  @Test
  void update_aSubtransactionCommitsAfterOthersHaveBegun_isSeen() throws Exception {
    try (var early = POSTGRES.connect(database);
        var statement = early.createStatement()) {
      early.setAutoCommit(false);
      statement.execute("CREATE TABLE first_of_it (id int)");
      statement.execute("SAVEPOINT inner_part");
      statement.execute("CREATE TABLE within (id int)");
      statement.execute("RELEASE inner_part");
      POSTGRES.execute(database, "CREATE TABLE meanwhile (id int)");
      CatalogReading reading = reader.readAll(queries);
      assertEquals(List.of(), reading.catalog().relationsNamed("within"));
      early.commit();
      reading = reader.readChanges(reading, queries);
      assertEquals(1, reading.catalog().relationsNamed("within").size());
      assertAlike(reader.read(queries), reading.catalog(), "commit");
    }
  }
}
