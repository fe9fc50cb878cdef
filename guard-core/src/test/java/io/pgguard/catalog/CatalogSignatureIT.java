package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pgguard.testkit.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogSignatureIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static String database = "";

  @BeforeAll
  static void create() throws Exception {
    database = POSTGRES.createDatabase("signature");
  }

  @AfterAll
  static void drop() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  private static long signature() {
    try (JdbcCatalogQueries queries =
        JdbcCatalogQueries.open(POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password())) {
      return new CatalogReader().signature(queries);
    }
  }

  @Test
  void signature_afterEachChangeThatASnapshotShows_isANewOne() throws Exception {
    String[] changes = {
      "CREATE SCHEMA a",
      "ALTER SCHEMA a RENAME TO b",
      "CREATE TABLE b.t (id int, x text)",
      "ALTER TABLE b.t RENAME COLUMN x TO y",
      "ALTER TABLE b.t ALTER COLUMN y TYPE varchar(9)",
      "ALTER TABLE b.t ADD COLUMN z int",
      "ALTER TABLE b.t DROP COLUMN z",
      "ALTER TABLE b.t RENAME TO u",
      "CREATE FUNCTION b.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "ALTER TABLE b.u ALTER COLUMN id SET DEFAULT b.f(1)",
      "ALTER TABLE b.u ADD CHECK (b.f(id) = 1)",
      "CREATE INDEX ON b.u ((id + 1))",
      "CREATE OR REPLACE FUNCTION b.f(int) RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "ALTER FUNCTION b.f(int) SECURITY DEFINER",
      "ALTER FUNCTION b.f(int) SET search_path = b",
      "CREATE VIEW b.v AS SELECT id FROM b.u",
      "CREATE OR REPLACE VIEW b.v AS SELECT id + 1 AS id FROM b.u",
      "ALTER TABLE b.u SET SCHEMA public",
      "CREATE TABLE b.p (id int) PARTITION BY RANGE (id)",
      "CREATE TABLE b.p1 (id int)",
      "ALTER TABLE b.p ATTACH PARTITION b.p1 FOR VALUES FROM (0) TO (9)",
      "ALTER TABLE b.p DETACH PARTITION b.p1",
      "CREATE FUNCTION b.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      "CREATE TRIGGER g BEFORE INSERT ON b.p FOR EACH ROW EXECUTE FUNCTION b.g()",
      "ALTER TABLE b.p DISABLE TRIGGER g",
      "CREATE RULE r AS ON DELETE TO b.p DO INSTEAD NOTHING",
      "ALTER TABLE b.p ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY q ON b.p USING (b.f(id) = 1)",
      "CREATE DOMAIN b.d AS text",
      "ALTER DOMAIN b.d ADD CHECK (b.f(length(VALUE)) = 1)",
      "CREATE TYPE b.e AS ENUM ('x')",
      "CREATE OPERATOR b.!! (RIGHTARG = int, FUNCTION = b.f)",
      "CREATE FUNCTION b.h() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
      "CREATE EVENT TRIGGER h ON ddl_command_end EXECUTE FUNCTION b.h()",
      "ALTER EVENT TRIGGER h DISABLE",
      "DROP EVENT TRIGGER h",
      "DROP VIEW b.v",
      "DROP SCHEMA b CASCADE"
    };
    long before = signature();
    for (String change : changes) {
      POSTGRES.execute(database, change);
      long after = signature();
      assertNotEquals(before, after, change);
      before = after;
    }
  }

  @Test
  void signature_afterWorkThatChangesNoMeaning_staysTheSame() throws Exception {
    POSTGRES.execute(
        database, "CREATE SCHEMA w", "CREATE TABLE w.t (id serial PRIMARY KEY, x text)");
    long before = signature();
    for (String work :
        new String[] {
          "INSERT INTO w.t (x) SELECT 'x' FROM generate_series(1, 1000)",
          "ANALYZE w.t",
          "VACUUM w.t",
          "VACUUM FULL w.t",
          "TRUNCATE w.t",
          "GRANT SELECT ON w.t TO PUBLIC",
          "COMMENT ON TABLE w.t IS 'work'"
        }) {
      POSTGRES.execute(database, work);
      assertEquals(before, signature(), work);
    }
  }
}
