package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.judge.OutputTreatment;
import io.pgguard.judge.StatementAnalysis;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of what is stored and figures of work on it, which depend on the lengths of values. */
class SizesIT {
  private static final String SCHEMA =
      """
      CREATE TABLE person (id int PRIMARY KEY, name text, ssn text);
      CREATE TABLE staff (grade int) INHERITS (person);
      CREATE TABLE orders (id int PRIMARY KEY, qty int);
      CREATE TABLE placed (id int, ssn text) PARTITION BY HASH (ssn);
      CREATE TABLE kept (id int, size bigint);
      CREATE MATERIALIZED VIEW copied AS SELECT id, ssn FROM person;
      CREATE VIEW sizes AS SELECT 1 AS one, pg_relation_size('person') AS person,
        pg_relation_size('orders') AS orders;
      CREATE VIEW named AS SELECT relname, reltuples FROM pg_class;
      CREATE FUNCTION size_of() RETURNS bigint STABLE LANGUAGE sql
        AS $$SELECT pg_relation_size('person')$$;
      CREATE TABLE sized (id int, at bigint DEFAULT pg_total_relation_size('person'));
      """;

  private static final String POLICY =
      """
      version: 1
      classes:
        pii: { columns: [public.person.ssn, public.placed.ssn], mask: redact }
      inference: deny
      rules: []
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT pg_relation_size('person')",
        "SELECT pg_relation_size('public.person'::regclass, 'main')",
        "SELECT pg_total_relation_size('staff')",
        "SELECT pg_table_size('copied')",
        "SELECT pg_indexes_size('PERSON')",
        "SELECT pg_relation_size('person_pkey')",
        "SELECT pg_relation_size(oid) FROM pg_class",
        "SELECT pg_relation_size($1)",
        "SELECT pg_relation_size('per' || 'son')",
        "SELECT pg_relation_size('pg_statistic')",
        "SELECT pg_size_pretty(pg_total_relation_size('person'))",
        "SELECT pg_database_size(current_database())",
        "SELECT pg_stat_get_live_tuples('person'::regclass)",
        "SELECT pg_stat_get_tuples_inserted(oid) FROM pg_class",
        "SELECT pg_stat_get_db_blocks_hit(1)",
        "SELECT n_tup_ins FROM pg_stat_user_tables",
        "SELECT s FROM pg_relation_size('person') s",
        "SELECT wal_bytes FROM pg_stat_get_wal()",
        "SELECT relpages FROM pg_class",
        "SELECT reltuples::bigint FROM pg_class",
        "SELECT reltuples FROM named",
        "SELECT n_live_tup FROM pg_stat_user_tables",
        "SELECT heap_blks_read FROM pg_statio_user_tables",
        "SELECT wal_bytes FROM pg_stat_wal",
        "SELECT blks_hit FROM pg_stat_database",
        "SELECT person FROM sizes",
        "SELECT max(n) FROM (SELECT pg_relation_size('person') AS n) q",
        "TABLE pg_statio_user_sequences",
        "SELECT pg_stat_get_blocks_hit('orders'::regclass)",
      })
  void sizesOfProtectedRelations_areWithheld(String sql) {
    StatementAnalysis part = planned.plan(sql).parts().get(0);
    assertEquals(List.of(), PlannedDatabase.refusedBy(part), sql);
    boolean hidden = part.treatments().stream().anyMatch(one -> !one.clean());
    assertTrue(hidden, sql + " gave " + part.treatments());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          guard.inference ~ SELECT relname FROM pg_class WHERE relpages > 3
          guard.inference ~ SELECT relname FROM pg_class ORDER BY pg_relation_size(oid)
          guard.inference ~ SELECT id FROM orders WHERE pg_relation_size('person') > 9000
          guard.inference ~ SELECT 1 / (pg_relation_size('person') - 8192)
          guard.inference ~ SELECT id FROM orders LIMIT pg_relation_size('person') / 8192
          guard.inference ~ SELECT 1 FROM generate_series(1, pg_relation_size('person'))
          guard.inference ~ SELECT relname FROM pg_stat_user_tables ORDER BY n_live_tup
          guard.carries   ~ INSERT INTO kept SELECT 1, pg_relation_size('person')
          guard.carries   ~ UPDATE kept SET size = pg_relation_size('person')
          guard.function  ~ SELECT size_of()
          guard.code      ~ DO $$BEGIN RAISE NOTICE '%', pg_relation_size('person'); END$$
          guard.trigger   ~ INSERT INTO sized (id) VALUES (1)
          guard.function  ~ ALTER TABLE kept ADD COLUMN x bigint DEFAULT pg_relation_size('person')
          """)
  void sizesThatDecide_areRefused(String rule, String sql) {
    List<String> rules = PlannedDatabase.refusedBy(planned.plan(sql).parts().get(0));
    assertTrue(rules.contains(rule), sql + " gave " + rules);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT relname FROM pg_class WHERE relpages = 1",
        "SELECT relname FROM pg_class WHERE relname = 'person' AND relpages IN (1, 2, 3)",
        "SELECT attname FROM pg_stats WHERE tablename = 'person' AND avg_width = 4",
      })
  void sizesThatAreGuessed_areRefusedUnderEquality(String sql) throws Exception {
    String policy = POLICY.replace("inference: deny", "inference: equality");
    StatementAnalysis part = planned.plan(sql, planned.withPolicy(policy)).parts().get(0);
    assertEquals(List.of("guard.inference"), PlannedDatabase.refusedBy(part), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT pg_relation_size('orders')",
        "SELECT pg_size_pretty(pg_total_relation_size('public.orders'::regclass))",
        "SELECT id FROM orders WHERE pg_relation_size('orders') > 9000",
        "SELECT pg_stat_get_live_tuples('orders'::regclass)",
        "SELECT pg_stat_get_tuples_inserted('person'::regclass)",
        "SELECT relname, last_vacuum FROM pg_stat_user_tables ORDER BY relname",
        "SELECT relname, relkind FROM pg_class WHERE relkind = 'r' ORDER BY 1",
        "SELECT orders FROM sizes",
        "SELECT one FROM sizes",
        "SELECT pid, state, query_id FROM pg_stat_activity",
        "SELECT xact_commit FROM pg_stat_database",
        "INSERT INTO kept SELECT 1, pg_relation_size('orders')",
        "SELECT pg_column_size(name) FROM person",
      })
  void whatDependsOnNoProtectedValue_isShown(String sql) {
    StatementAnalysis part = planned.plan(sql).parts().get(0);
    assertEquals(List.of(), PlannedDatabase.refusedBy(part), sql);
    assertTrue(part.treatments().stream().allMatch(OutputTreatment::clean), sql);
  }

  private static StatementAnalysis uncut(String sql) throws Exception {
    String policy = POLICY.replace(", public.placed.ssn", "");
    return planned.plan(sql, planned.withPolicy(policy)).parts().get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT pg_relation_size('person')",
        "SELECT pg_size_pretty(pg_total_relation_size('public.person'::regclass))",
        "SELECT person FROM sizes",
        "SELECT stanumbers1 FROM pg_statistic",
        "SELECT staop1 FROM pg_statistic"
      })
  void sizeOfANamedRelation_isWithheldWhereNothingIsCutToo(String sql) throws Exception {
    assertTrue(uncut(sql).treatments().stream().anyMatch(one -> !one.clean()), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT relname, relpages, reltuples FROM pg_class ORDER BY relpages",
        "SELECT relname, pg_size_pretty(pg_table_size(oid)) FROM pg_class ORDER BY pg_table_size(oid)",
        "SELECT relname, n_live_tup FROM pg_stat_user_tables ORDER BY n_live_tup DESC",
        "SELECT relname, n_tup_ins, last_vacuum FROM pg_stat_user_tables ORDER BY n_tup_ins",
        "SELECT tablename, attname FROM pg_stats",
        "SELECT pg_database_size(current_database())"
      })
  void listsOfSizes_areShownWhereNothingIsCut(String sql) throws Exception {
    StatementAnalysis part = uncut(sql);
    assertEquals(List.of(), PlannedDatabase.refusedBy(part), sql);
    assertTrue(part.treatments().stream().allMatch(OutputTreatment::clean), sql);
  }
}
