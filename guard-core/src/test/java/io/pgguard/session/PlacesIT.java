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

/** Constraints, partitions, statistics and types that tell of protected columns or carry them. */
class PlacesIT {
  private static final String SCHEMA =
      """
      CREATE TABLE person (id int PRIMARY KEY, name text, ssn text);
      CREATE TABLE holder (id int, p person, ps person[]);
      CREATE DOMAIN person_d AS person;
      CREATE TYPE boxed AS (n int, inside person_d);
      CREATE TABLE shelf (id int, b boxed);
      CREATE VIEW holder_v AS SELECT id, p FROM holder;
      CREATE TABLE part (id int, k int, v text) PARTITION BY RANGE (k);
      CREATE TABLE part_low PARTITION OF part FOR VALUES FROM (0) TO (10);
      CREATE TABLE part_high PARTITION OF part FOR VALUES FROM (10) TO (99);
      CREATE VIEW part_v AS SELECT id FROM part;
      CREATE TABLE open_part (id int, v text) PARTITION BY RANGE (id);
      CREATE TABLE open_low PARTITION OF open_part FOR VALUES FROM (0) TO (10);
      CREATE TABLE uniq (id int PRIMARY KEY, code text UNIQUE, name text);
      CREATE TABLE folded (id int PRIMARY KEY, code text);
      CREATE UNIQUE INDEX folded_code ON folded (lower(code));
      CREATE TABLE child (id int, code text REFERENCES uniq (code), n int);
      CREATE TABLE kept (code int PRIMARY KEY);
      CREATE TABLE points (id int, secret int REFERENCES kept, name text);
      CREATE TABLE checked (id int, bid int, secret int, CHECK (bid < secret), CHECK (secret > 0));
      CREATE TABLE excluded (id int, during int4range, EXCLUDE USING gist (during WITH &&));
      CREATE TABLE ruled (id int, bid int, secret int);
      ALTER TABLE ruled ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON ruled USING (true) WITH CHECK (bid < secret);
      CREATE TABLE notes (id int PRIMARY KEY, body text UNIQUE, CHECK (id > 0));
      """;

  private static final String POLICY =
      """
      version: 1
      classes:
        pii:
          columns:
            [public.person.ssn, public.part.k, public.uniq.code, public.folded.code,
             public.points.secret, public.checked.secret, public.excluded.during,
             public.ruled.secret]
          mask: redact
      inference: %s
      rules: [ { id: all, when: { kind: [select, explain, insert, update, delete, merge, copy-in] }, then: allow } ]
      otherwise: deny
      """;

  private static PlannedDatabase planned;

  @BeforeAll
  static void load() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, POLICY.formatted("deny"));
  }

  @AfterAll
  static void close() {
    planned.close();
  }

  private static List<String> rules(String inference, String sql) throws Exception {
    StatementAnalysis part =
        planned.plan(sql, planned.withPolicy(POLICY.formatted(inference))).parts().get(0);
    return PlannedDatabase.refusedBy(part);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT p FROM holder",
        "SELECT ps FROM holder",
        "SELECT p::text FROM holder",
        "SELECT (p).ssn FROM holder",
        "SELECT ps[1] FROM holder",
        "SELECT b FROM shelf",
        "SELECT p FROM holder_v",
        "SELECT null_frac FROM pg_stats",
        "SELECT range_length_histogram FROM pg_stats",
        "SELECT most_common_freqs FROM pg_stats_ext",
        "SELECT stanumbers1 FROM pg_statistic",
        "SELECT reltuples FROM pg_class",
        "SELECT n_live_tup FROM pg_stat_user_tables",
        "SELECT pg_relation_size('part_high')",
        "SELECT pg_stat_get_live_tuples(oid) FROM pg_class",
      })
  void whatCarriesProtectedValues_isHidden(String sql) {
    StatementAnalysis part = planned.plan(sql).parts().get(0);
    boolean hidden = part.treatments().stream().noneMatch(OutputTreatment::clean);
    assertTrue(hidden && !part.treatments().isEmpty(), sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          guard.inference  ~ SELECT count(*) FROM part_high
          guard.inference  ~ SELECT id FROM part
          guard.inference  ~ SELECT tableoid::regclass, id FROM part
          guard.inference  ~ SELECT id FROM part_v
          guard.inference  ~ DELETE FROM part_high WHERE id = 4
          guard.constraint ~ INSERT INTO uniq VALUES (9, $$owl$$, $$x$$)
          guard.constraint ~ INSERT INTO uniq VALUES (9, $$owl$$, $$x$$) ON CONFLICT DO NOTHING
          guard.constraint ~ UPDATE uniq SET code = $$owl$$ WHERE id = 1
          guard.constraint ~ COPY uniq FROM STDIN
          guard.constraint ~ INSERT INTO folded VALUES (9, $$owl$$)
          guard.constraint ~ INSERT INTO child VALUES (9, $$owl$$, 1)
          guard.constraint ~ DELETE FROM kept WHERE code = 3
          guard.constraint ~ UPDATE checked SET bid = 50000 WHERE id = 1
          guard.constraint ~ INSERT INTO excluded VALUES (9, $$[3,4)$$)
          guard.constraint ~ UPDATE ruled SET bid = 5 WHERE id = 1
          """)
  void whatTellsOfThem_isRefused(String rule, String sql) throws Exception {
    assertTrue(rules("deny", sql).contains(rule), sql + " gave " + rules("deny", sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          guard.constraint ~ INSERT INTO folded VALUES (9, $$owl$$)
          guard.constraint ~ UPDATE checked SET bid = 50000 WHERE id = 1
          guard.constraint ~ INSERT INTO excluded VALUES (9, $$[3,4)$$)
          guard.constraint ~ UPDATE ruled SET bid = 5 WHERE id = 1
          guard.inference  ~ SELECT count(*) FROM part_high
          """)
  void moreThanEquality_isRefusedUnderEquality(String rule, String sql) throws Exception {
    assertTrue(rules("equality", sql).contains(rule), sql + " gave " + rules("equality", sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO uniq VALUES (9, 'owl', 'x')",
        "INSERT INTO child VALUES (9, 'owl', 1)",
        "DELETE FROM kept WHERE code = 3",
        "UPDATE uniq SET code = 'owl' WHERE id = 1",
      })
  void ordinaryWrites_passUnderEquality(String sql) throws Exception {
    assertEquals(List.of(), rules("equality", sql), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO uniq (id, name) VALUES (9, 'x')",
        "UPDATE uniq SET name = 'x' WHERE id = 1",
        "DELETE FROM uniq WHERE id = 1",
        "UPDATE checked SET secret = 5 WHERE id = 1",
        "INSERT INTO checked VALUES (1, 2, 3)",
        "UPDATE checked SET bid = 1, secret = 2 WHERE id = 1",
        "INSERT INTO notes VALUES (1, 'x')",
        "UPDATE notes SET body = 'x' WHERE id = 1",
        "INSERT INTO part VALUES (1, 2, 'x')",
        "SELECT id, tableoid::regclass FROM open_part",
        "SELECT count(*) FROM open_low",
        "SELECT id FROM holder",
      })
  void whatTellsNothing_passes(String sql) throws Exception {
    assertEquals(List.of(), rules("deny", sql), sql);
  }
}
