package io.pgguard.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.pgguard.identity.Principal;
import io.pgguard.judge.Analyzers;
import io.pgguard.judge.Clearances;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.StatementJudge;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.plan.Footing;
import io.pgguard.plan.TextAnalyzer;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyReader;
import io.pgguard.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where what a query rests on is as it was, judging it anew says the same, change by change. */
class PartLookIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final Principal ADA = new Principal("ada", Set.of("analysts"), "agent", "model");
  private static final String POLICY =
      """
      version: 1
      classes:
        pii.email: { columns: ["*.*.email"], mask: email }
      rules:
        - { id: reads, when: { kind: select }, then: allow }
      otherwise: deny
      """;
  private static final String[] SCHEMA = {
    "CREATE SCHEMA early",
    "CREATE TYPE mood AS ENUM ('well', 'ill')",
    "CREATE TABLE person (id int PRIMARY KEY, email text, city text)",
    "CREATE TABLE note (id int PRIMARY KEY, body text, \"When\" date)",
    "CREATE TABLE base (id int, x text)",
    "CREATE TABLE one () INHERITS (base)",
    "CREATE TABLE two () INHERITS (base)",
    "CREATE TABLE felt (id int, m mood)",
    "CREATE TABLE part (id int, k int) PARTITION BY RANGE (k)",
    "CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (9)",
    "CREATE TABLE loose (id int, k int)",
    "CREATE VIEW shown AS SELECT id, city FROM person",
    "CREATE VIEW again AS SELECT city || 'x' AS c FROM shown",
    "CREATE TABLE other (id int, z text)",
    "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'"
  };
  private static final List<String> TEXTS =
      List.of(
          "SELECT city FROM person WHERE id = 7",
          "SELECT email FROM person WHERE id = 7",
          "SELECT left(email, 2), upper(city) FROM person ORDER BY id",
          "SELECT * FROM person p JOIN note n USING (id)",
          "SELECT city FROM shown WHERE city = 'Oslo'",
          "SELECT c FROM again",
          "SELECT \"When\" FROM \"note\" WHERE id + 1 = 8",
          "SELECT x FROM base",
          "SELECT x FROM one",
          "SELECT count(*), max(id) FROM two",
          "SELECT id, k FROM part WHERE k BETWEEN 1 AND 2",
          "SELECT n FROM note n",
          "SELECT row_to_json(n) FROM note n",
          "SELECT z FROM other",
          "SELECT z FROM public.other",
          "SELECT o.id FROM other o WHERE EXISTS (SELECT FROM note)");

  /** Of these nothing is said: names, settings, other types or code of somebody's decide too. */
  private static final List<String> OPEN =
      List.of(
          "SELECT m FROM felt",
          "SELECT f(id) FROM note",
          "SELECT pg_relation_size('note')",
          "SELECT 'late'::regclass, id FROM note",
          "SELECT relname FROM pg_class",
          "SELECT z FROM other WHERE z = 'a\\b'",
          "SELECT U&\"\\007a\" FROM other",
          "UPDATE note SET body = 'b' WHERE id = 1",
          "SELECT to_regclass(z) FROM other");

  /** Each with texts of which it must be said that it could concern them. */
  private static final String[][] CHANGES = {
    {"CREATE TABLE late (id int PRIMARY KEY, remark text)"},
    {"ALTER TABLE late ADD COLUMN email text"},
    {"ALTER TABLE late RENAME TO tardy"},
    {"CREATE TABLE early.other (id int, z text, email text)", TEXTS.get(13), TEXTS.get(15)},
    {"ALTER TABLE early.other RENAME TO elsewhere", TEXTS.get(13)},
    {"ALTER TABLE other ADD COLUMN more int", TEXTS.get(13), TEXTS.get(14), TEXTS.get(15)},
    {"ALTER TABLE other DROP COLUMN more", TEXTS.get(13)},
    {"ALTER TABLE note RENAME COLUMN body TO email", TEXTS.get(3), TEXTS.get(11), TEXTS.get(12)},
    {"ALTER TABLE note RENAME COLUMN email TO body", TEXTS.get(11)},
    {"ALTER TABLE one ADD COLUMN email text", TEXTS.get(7), TEXTS.get(8), TEXTS.get(9)},
    {"CREATE TABLE three (email text) INHERITS (base)", TEXTS.get(7), TEXTS.get(8), TEXTS.get(9)},
    {"CREATE TABLE four (email text) INHERITS (three)", TEXTS.get(7), TEXTS.get(8)},
    {"ALTER TABLE one NO INHERIT base", TEXTS.get(7), TEXTS.get(8), TEXTS.get(9)},
    {"ALTER TABLE part ATTACH PARTITION loose FOR VALUES FROM (10) TO (20)", TEXTS.get(10)},
    {"ALTER TABLE part DETACH PARTITION part1", TEXTS.get(10)},
    {"CREATE OR REPLACE VIEW shown AS SELECT id, email AS city FROM person", TEXTS.get(4)},
    {"CREATE OR REPLACE VIEW shown AS SELECT id, city FROM person", TEXTS.get(5)},
    {"CREATE VIEW over AS SELECT id, email AS mail FROM person"},
    {"DROP VIEW over"},
    {"CREATE POLICY cities ON person USING (city = 'Oslo')", TEXTS.get(0), TEXTS.get(4)},
    {"ALTER TABLE person ENABLE ROW LEVEL SECURITY", TEXTS.get(0), TEXTS.get(5)},
    {"DROP POLICY cities ON person", TEXTS.get(0), TEXTS.get(5)},
    {"ALTER TABLE person ADD CHECK (length(city) > 0)", TEXTS.get(0)},
    {"ALTER TABLE person DROP CONSTRAINT person_city_check", TEXTS.get(0)},
    {"CREATE INDEX by_city ON person (upper(city))", TEXTS.get(0)},
    {"DROP INDEX by_city", TEXTS.get(0)},
    {"CREATE RULE r AS ON INSERT TO note DO INSTEAD NOTHING", TEXTS.get(3)},
    {"DROP RULE r ON note", TEXTS.get(3)},
    {"CREATE TABLE linked (id int REFERENCES person)"},
    {"DROP TABLE linked"},
    {"CREATE TYPE upper AS (a int)", TEXTS.get(2)},
    {"CREATE DOMAIN city AS text", TEXTS.get(0), TEXTS.get(4)},
    {"CREATE FUNCTION upper(varchar) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1'", "*"},
    {"CREATE OR REPLACE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 2'", "*"},
    {"CREATE CAST (mood AS int) WITH INOUT", "*"},
    {"CREATE SCHEMA latest", "*"},
    {"DROP SCHEMA latest", "*"},
    {"CREATE OPERATOR + (LEFTARG = int, RIGHTARG = mood, FUNCTION = mixed)", "*"},
    {"DROP FUNCTION f(int)", "*"},
    {"INSERT INTO note VALUES (1, 'a', now())"},
    {"ANALYZE note"},
    {"CREATE TEMP TABLE note (email text)"},
    {"DROP TABLE tardy"},
    {"ALTER TABLE person RENAME TO people", TEXTS.get(0), TEXTS.get(4), TEXTS.get(5)},
    {"DROP TABLE people CASCADE", TEXTS.get(0), TEXTS.get(4), TEXTS.get(5)},
  };

  private final CatalogReader reader = new CatalogReader();
  private final Policy policy;
  private String database = "";

  PartLookIT() throws Exception {
    policy = PolicyReader.read(POLICY, "policy.yaml");
  }

  @BeforeEach
  void create() throws Exception {
    database = POSTGRES.createDatabase("partlook");
    POSTGRES.execute(database, String.join(";", SCHEMA));
  }

  @AfterEach
  void drop() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  /** What a new Guard would say. */
  private Map<String, TextPlan> plans(List<String> texts, Catalog catalog) {
    Analyzers analyzers = new Analyzers();
    Perspective perspective =
        new Perspective(
            catalog,
            policy,
            ADA,
            Circumstances.UNSTATED,
            new Clearances(analyzers).of(catalog, policy, policy.classesHiddenFrom(ADA)),
            SearchPath.of("pg_catalog", "early", "public"),
            SessionObjects.NONE,
            Map.of(),
            Unseen.NOTHING);
    TextAnalyzer analyzer = new TextAnalyzer(new StatementJudge(analyzers), () -> catalog);
    Map<String, TextPlan> plans = new HashMap<>();
    texts.forEach(text -> plans.put(text, analyzer.plan(TextAnalyzer.read(text), perspective)));
    return plans;
  }

  /** All that is told of a text, sets in whatever order. */
  private static List<Object> told(TextPlan plan) {
    List<Object> told = new ArrayList<>();
    for (StatementAnalysis part : plan.parts()) {
      told.add(part.lineage());
      told.add(part.touchesProtected());
      told.add(part.treatments());
      told.add(part.decision());
      told.add(part.layer());
      told.add(part.reach());
      told.add(part.substitutions());
    }
    return told;
  }

  private static @Nullable CatalogPart part(TextPlan plan) {
    return Footing.of(plan, plan.parts().get(0));
  }

  @Test
  void isSame_afterEachChange_onlyWhereJudgingAnewSaysTheSame() throws Exception {
    Set<String> held = new HashSet<>();
    POSTGRES.execute(
        database,
        "CREATE FUNCTION mixed(int, mood) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'");
    try (CatalogQueries queries = JdbcCatalogQueries.open(POSTGRES, database)) {
      CatalogReading before = reader.readAll(queries);
      Map<String, TextPlan> plans = plans(TEXTS, before.catalog());
      for (String[] change : CHANGES) {
        POSTGRES.execute(database, change[0]);
        CatalogReading now = reader.readChanges(before, queries);
        Map<String, TextPlan> anew = plans(TEXTS, now.catalog());
        Set<String> concerned = Set.of(change).contains("*") ? Set.copyOf(TEXTS) : Set.of(change);
        for (String text : TEXTS) {
          String what = change[0] + " / " + text;
          TextPlan plan = Objects.requireNonNull(plans.get(text));
          CatalogPart part = part(plan);
          boolean same = part != null && new PartLook(before, part).isSame(queries);
          if (same) {
            assertEquals(told(plan), told(Objects.requireNonNull(anew.get(text))), what);
            assertFalse(concerned.contains(text), what);
            held.add(what);
          }
        }
        before = now;
        plans = anew;
      }
    }
    for (int i : new int[] {0, 1, 2, 17, 18, 39, 41, 42}) {
      for (String text : TEXTS) {
        String what = CHANGES[i][0] + " / " + text;
        boolean operator = i > 36 && text.contains(" + "); // somebody's may be meant by then
        assertEquals(!operator, held.contains(what), what);
      }
    }
  }

  @Test
  void footing_ofWhatRestsOnMore_isUnknown() throws Exception {
    try (CatalogQueries queries = JdbcCatalogQueries.open(POSTGRES, database)) {
      Catalog catalog = reader.read(queries);
      plans(OPEN, catalog).forEach((text, plan) -> assertNull(part(plan), text));
      plans(TEXTS, catalog).forEach((text, plan) -> assertNotNull(part(plan), text));
    }
  }
}
