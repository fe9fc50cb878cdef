package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about reads and writes speak of what happens, whatever a statement names. */
class ConsequencesIT {
  private static final String SCHEMA =
      """
      CREATE TABLE parent (id int PRIMARY KEY, v int);
      CREATE TABLE kept (id int PRIMARY KEY, p int REFERENCES parent);
      CREATE FUNCTION empties() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN DELETE FROM kept; RETURN NULL; END $$;
      CREATE TABLE truncated (id int);
      CREATE TRIGGER t BEFORE TRUNCATE ON truncated EXECUTE FUNCTION empties();
      CREATE TABLE inserted (id int);
      CREATE TRIGGER t AFTER INSERT ON inserted FOR EACH ROW EXECUTE FUNCTION empties();
      CREATE SCHEMA yard;
      CREATE TABLE yard.one (id int);
      CREATE TYPE mood AS ENUM ('a', 'b');
      CREATE DOMAIN temper AS mood;
      CREATE TABLE felt (id int, m temper[]);
      CREATE TABLE parted (id int) PARTITION BY RANGE (id);
      CREATE TABLE part_low PARTITION OF parted FOR VALUES FROM (0) TO (100);
      CREATE TABLE above (id int);
      CREATE TABLE below () INHERITS (above);
      CREATE SCHEMA hr;
      CREATE TABLE hr.pay (id int, amount int);
      CREATE MATERIALIZED VIEW sums AS SELECT sum(amount) FROM hr.pay;
      CREATE PROCEDURE wipe() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM kept; END $$;
      CREATE TABLE free (id int);
      """;

  private static final String POLICY =
      """
      version: 1
      functions: { allow: ["public.*"] }
      rules:
        - id: kept
          when: { writes: ["public.kept", "yard.*", "public.part_low", "public.below", "public.felt"] }
          then: deny
        - { id: pay, when: { reads: ["hr.*"] }, then: deny }
      otherwise: allow
      """;

  private static PlannedDatabase planned;

  @BeforeAll
  static void load() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, POLICY);
  }

  @AfterAll
  static void close() {
    planned.close();
  }

  private static List<String> rules(String sql) {
    return PlannedDatabase.refusedBy(planned.plan(sql).parts().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRUNCATE parent CASCADE",
        "TRUNCATE free, parent CASCADE",
        "TRUNCATE truncated",
        "TRUNCATE parted",
        "TRUNCATE above",
        "DROP TABLE parent CASCADE",
        "DROP TABLE parted",
        "DROP TABLE above CASCADE",
        "DROP SCHEMA yard",
        "DROP SCHEMA IF EXISTS yard CASCADE",
        "DROP TYPE mood CASCADE",
        "DROP OWNED BY CURRENT_USER",
        "REASSIGN OWNED BY CURRENT_USER TO postgres",
        "ALTER TABLE parted ADD COLUMN z int",
        "ALTER TABLE above RENAME COLUMN id TO no",
        "ALTER TABLE parent DROP COLUMN id CASCADE",
        "ALTER SCHEMA yard RENAME TO other",
        "REVOKE ALL ON ALL TABLES IN SCHEMA yard FROM PUBLIC",
        "INSERT INTO inserted VALUES (1)",
        "CALL wipe()",
        "DO $$ BEGIN DELETE FROM kept; END $$",
        "DO $$ BEGIN PERFORM 1; UPDATE public.kept SET p = 1; END $$",
        "DO $$ BEGIN CALL wipe(); END $$",
        "DO $$ BEGIN EXECUTE 'delete from ' || 'kept'; END $$",
        "DO LANGUAGE plpython3u $$ plpy.execute('delete from kept') $$"
      })
  void whatAStatementTakesAlong_isChanged(String sql) {
    assertEquals("kept", rules(sql).stream().findFirst().orElse("none"), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "REFRESH MATERIALIZED VIEW sums",
        "SELECT * FROM sums",
        "DO $$ BEGIN PERFORM amount FROM hr.pay; END $$"
      })
  void whatAStatementComputesAnew_isRead(String sql) {
    assertEquals(List.of("pay"), rules(sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRUNCATE free",
        "TRUNCATE free CASCADE",
        "DROP TABLE free",
        "DROP TABLE free CASCADE",
        "DROP SCHEMA IF EXISTS nothing CASCADE",
        "DROP FUNCTION IF EXISTS wipe() CASCADE",
        "ALTER TABLE free ADD COLUMN z int",
        "ALTER TABLE parent ADD COLUMN z int",
        "CREATE INDEX ON parent (v)",
        "GRANT USAGE ON SCHEMA yard TO PUBLIC",
        "DO $$ BEGIN UPDATE free SET id = 1; END $$",
        "UPDATE parent SET v = v + 1",
        "DELETE FROM free"
      })
  void whatTouchesNothingElse_passes(String sql) {
    assertEquals(List.of(), rules(sql), sql);
  }
}
