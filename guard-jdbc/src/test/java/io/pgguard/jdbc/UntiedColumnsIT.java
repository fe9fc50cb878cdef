package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Stored values keep their protection when what it came from is cut off, renamed or replaced. */
class UntiedColumnsIT {
  private static GuardedDatabase database;
  private Connection connection;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("untied", directory);
    database.policy(
        """
        version: 1
        classes:
          hidden:
            columns: ["public.{above,parted}.secret", "public.below_only.word", "public.typed.t", "public.own*.secret",
                      "public.figures.n"]
            mask: redact
          tail: { columns: ["public.*.tail"], mask: { partial: { keepLast: 4 } } }
        inference: deny
        otherwise: allow
        """);
    database
        .postgres()
        .execute(
            database.database(),
            "GRANT ALL ON SCHEMA public TO " + database.agent(),
            "CREATE SCHEMA made AUTHORIZATION " + database.agent(),
            "SET ROLE " + database.agent(),
            "CREATE TABLE above (id int, secret text, v int)",
            "CREATE TABLE below (extra int) INHERITS (above)",
            "CREATE TABLE merged (secret text) INHERITS (above)",
            "CREATE TABLE parted (id int, secret text) PARTITION BY LIST (id)",
            "CREATE TABLE parted_one PARTITION OF parted FOR VALUES IN (1)",
            "CREATE TABLE own_cut (id int, secret text) PARTITION BY RANGE (secret)",
            "CREATE TABLE own_low PARTITION OF own_cut FOR VALUES FROM ('a') TO ('m')",
            "CREATE TABLE top (id int, word text)",
            "CREATE TABLE below_only () INHERITS (top)",
            "CREATE TYPE shape AS (n int, t text)",
            "CREATE TABLE typed OF shape",
            "CREATE TABLE own (id int, secret text)",
            "CREATE TABLE own_kid () INHERITS (own)",
            "CREATE TABLE figures (id int, n int)",
            "INSERT INTO below VALUES (1, 'canary', 1)",
            "INSERT INTO merged VALUES (1, 'canary', 1)",
            "INSERT INTO parted VALUES (1, 'canary')",
            "INSERT INTO below_only VALUES (1, 'canary')",
            "INSERT INTO typed VALUES (1, 'canary')",
            "INSERT INTO own_kid VALUES (1, 'canary')",
            "INSERT INTO figures VALUES (1, 41230)",
            "CREATE VIEW shown AS SELECT id, secret AS s FROM own",
            "CREATE MATERIALIZED VIEW stored AS SELECT * FROM shown",
            "CREATE FUNCTION read_own() RETURNS text LANGUAGE sql STABLE AS"
                + " 'SELECT max(secret) FROM public.own'",
            "CREATE MATERIALIZED VIEW called AS SELECT read_own() AS c");
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  @BeforeEach
  void open() throws Exception {
    connection = database.connect();
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws Exception {
    connection.rollback();
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE below NO INHERIT above",
        "ALTER TABLE IF EXISTS public.below ADD COLUMN w int, NO INHERIT public.above",
        "ALTER TABLE parted DETACH PARTITION parted_one",
        "ALTER TABLE own_cut DETACH PARTITION own_low",
        "ALTER TABLE own_cut DETACH PARTITION own_low CONCURRENTLY",
        "DROP TABLE own_low",
        "ALTER TABLE own_low ADD CHECK (id <> 3)",
        "ALTER TABLE own_low ADD CONSTRAINT c UNIQUE (id)",
        "ALTER TABLE own_low ALTER id SET NOT NULL",
        "ALTER TABLE own_low ADD FOREIGN KEY (id) REFERENCES figures",
        "CREATE UNIQUE INDEX ON own_low (id)",
        "CREATE INDEX ON own_low ((1 / (id - 3)))",
        "CREATE INDEX ON own_low (id) WHERE 1 / (id - 3) > 0",
        "CREATE STATISTICS st ON (1 / (id - 3)) FROM own_low",
        "CREATE TABLE refers (id int REFERENCES own_low (id))",
        "ALTER TABLE figures ADD FOREIGN KEY (id) REFERENCES own_low (id)",
        "DROP TABLE IF EXISTS public.own_low, figures",
        "TRUNCATE own_low",
        "ANALYZE VERBOSE own_cut",
        "ANALYZE (VERBOSE)",
        "VACUUM (VERBOSE, ANALYZE) own_cut",
        "ALTER TABLE ONLY above DROP COLUMN secret",
        "ALTER TABLE above DROP COLUMN IF EXISTS secret",
        "ALTER TABLE top RENAME word TO w",
        "ALTER TABLE top RENAME COLUMN word TO w",
        "ALTER TABLE own RENAME secret TO tail",
        "ALTER TYPE shape RENAME ATTRIBUTE t TO u CASCADE",
        "ALTER TYPE shape ALTER ATTRIBUTE t TYPE varchar(2) CASCADE",
        "CREATE OR REPLACE VIEW shown AS SELECT id, 'x'::text AS s FROM own",
        "CREATE OR REPLACE FUNCTION read_own() RETURNS text LANGUAGE sql STABLE AS 'SELECT ''x''::text'",
        "CREATE STATISTICS st ON (1 / (n - 41230)) FROM figures",
        "CREATE STATISTICS st (mcv) ON id, abs(n) FROM figures",
      })
  void whatWouldUntieStoredValues_needsAPerson(String sql) {
    SQLException refused =
        assertThrows(SQLException.class, () -> GuardedDatabase.run(connection, sql));
    assertEquals("42501", refused.getSQLState(), refused::getMessage);
    assertTrue(
        String.valueOf(refused.getMessage()).contains("guard.definition"), refused::getMessage);
  }

  @Test
  void whatLeavesThemInTheirClass_runs() throws Exception {
    GuardedDatabase.run(
        connection,
        "ALTER TABLE own_kid NO INHERIT own",
        "ALTER TABLE above DROP COLUMN v",
        "ALTER TABLE below ADD CHECK (extra IS NULL) NO INHERIT",
        "ALTER TYPE shape RENAME ATTRIBUTE n TO m CASCADE",
        "CREATE OR REPLACE VIEW made.fresh AS SELECT id FROM own",
        "CREATE OR REPLACE FUNCTION made.fresh() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE STATISTICS st ON id, n FROM figures",
        "TRUNCATE parted_one",
        "ALTER TABLE parted_one ADD CHECK (id <> 3)",
        "CREATE INDEX ON own_low (id)",
        "ALTER TABLE own_low SET (fillfactor = 70)",
        "CREATE TABLE like_low (LIKE own_low)",
        "ANALYZE own_cut",
        "ANALYZE VERBOSE figures",
        "TRUNCATE own_cut, own_low",
        "DROP TABLE own_cut");
    assertEquals("[redacted]", GuardedDatabase.first(connection, "SELECT secret FROM own_kid"));
    assertEquals("[redacted]", GuardedDatabase.first(connection, "SELECT t FROM typed"));
  }
}
