package io.pgguard.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.JdbcCatalogQueries;
import io.pgguard.catalog.LiveCatalog;
import io.pgguard.catalog.SearchPath;
import io.pgguard.identity.Principal;
import io.pgguard.judge.Analyzers;
import io.pgguard.judge.Clearances;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.StatementJudge;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.policy.Circumstances;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicyReader;
import io.pgguard.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan cache keeps of an earlier snapshot is what planning anew gives, change by change. */
class KeptPlansIT {
  private static final TestPostgres POSTGRES = TestPostgres.shared();
  private static final Principal ADA = new Principal("ada", Set.of("analysts"), "agent", "model");
  private static final String POLICY =
      """
      version: 1
      classes:
        pii.email: { columns: ["*.*.email"], mask: email }
      rules:
        - { id: reads, when: { kind: select }, then: allow }
        - { id: writes, when: { kind: [insert, update, delete] }, then: allow }
      otherwise: deny
      """;
  private static final String[] SCHEMA = {
    "CREATE SCHEMA early",
    "CREATE TYPE mood AS ENUM ('well', 'ill')",
    "CREATE DOMAIN word AS text",
    "CREATE TABLE person (id int PRIMARY KEY, email text, city text)",
    "CREATE TABLE note (id int PRIMARY KEY, body word, feels mood, made int DEFAULT 1)",
    "CREATE TABLE parent (id int PRIMARY KEY, x text)",
    "CREATE TABLE middle (id int PRIMARY KEY REFERENCES parent ON DELETE CASCADE)",
    "CREATE TABLE leaf (id int REFERENCES middle ON DELETE CASCADE, y text)",
    "CREATE TABLE other (id int, z text)",
    "CREATE VIEW shown AS SELECT id, city FROM person",
    "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'"
  };
  private static final List<String> TEXTS =
      List.of(
          "SELECT city FROM person WHERE id = 7",
          "SELECT email FROM person WHERE id = 7",
          "SELECT left(email, 2), upper(city) FROM person ORDER BY id",
          "SELECT * FROM person p JOIN note n USING (id)",
          "SELECT * FROM shown WHERE city = 'Oslo'",
          "SELECT body, feels FROM note WHERE id + 1 = 8",
          "SELECT body || 'x' FROM note WHERE feels = 'well'",
          "SELECT f(id) FROM note",
          "SELECT n FROM note n",
          "INSERT INTO note (id, body) VALUES (1, 'a')",
          "UPDATE note SET body = 'b' WHERE id = 1",
          "UPDATE parent SET x = 'b' WHERE id = 1",
          "DELETE FROM parent WHERE id = 1",
          "DELETE FROM leaf WHERE y = 'a'",
          "SELECT y FROM leaf",
          "SELECT x FROM parent",
          "SELECT 1 AS one",
          "SELECT pg_catalog.lower('A')",
          "SELECT z FROM other",
          "SELECT '\\x6c617465'::bytea",
          "SELECT to_regclass('late')",
          "SELECT relname FROM pg_class",
          "SELECT id FROM late",
          "SELECT U&\"d\\0061te\" FROM other");

  /** Each with a text whose plan must be made anew; an empty one where any may be kept. */
  private static final String[][] CHANGES = {
    {"CREATE TABLE late (id int PRIMARY KEY, remark text)", "SELECT id FROM late"},
    {"ALTER TABLE late ADD COLUMN email text", "SELECT id FROM late"},
    {"ALTER TABLE late DROP COLUMN email", "SELECT id FROM late"},
    {"CREATE VIEW over AS SELECT p.id, email AS mail FROM person p", ""},
    {"DROP VIEW over", ""},
    {"CREATE INDEX by_city ON person (city)", ""},
    {"CREATE FUNCTION f(bigint) RETURNS int LANGUAGE sql AS 'SELECT 2'", "SELECT f(id) FROM note"},
    {"CREATE FUNCTION public.plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT 2'", TEXTS.get(5)},
    {"CREATE OPERATOR + (LEFTARG = int, RIGHTARG = int, FUNCTION = plus)", TEXTS.get(5)},
    {"ALTER TABLE note RENAME COLUMN body TO email", "SELECT n FROM note n"},
    {"ALTER TABLE note RENAME COLUMN email TO body", "SELECT n FROM note n"},
    {"ALTER TABLE note ADD COLUMN email text", TEXTS.get(3)},
    {"CREATE OR REPLACE VIEW shown AS SELECT id, email AS city FROM person", TEXTS.get(4)},
    {"CREATE POLICY cities ON person USING (city = 'Oslo')", TEXTS.get(0)},
    {"ALTER TABLE person ENABLE ROW LEVEL SECURITY", TEXTS.get(0)},
    {"ALTER TABLE note ALTER made SET DEFAULT f(3)", TEXTS.get(9)},
    {"ALTER TABLE leaf ADD COLUMN email text", "UPDATE parent SET x = 'b' WHERE id = 1"},
    {"ALTER TABLE leaf RENAME TO leaves", "UPDATE parent SET x = 'b' WHERE id = 1"},
    {"ALTER TABLE leaves RENAME TO leaf", "SELECT y FROM leaf"},
    {"ALTER TABLE note ADD FOREIGN KEY (id) REFERENCES person", TEXTS.get(10)},
    {
      "CREATE FUNCTION tr() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
      TEXTS.get(10)
    },
    {"CREATE TRIGGER t BEFORE UPDATE ON note FOR EACH ROW EXECUTE FUNCTION tr()", TEXTS.get(10)},
    {"CREATE TABLE early.other (id int, z text, email text)", "SELECT z FROM other"},
    {"ALTER TABLE early.other RENAME z TO q", "SELECT z FROM other"},
    {"CREATE VIEW early.person AS SELECT 1 AS id, 'a' AS city, 'b' AS email", TEXTS.get(0)},
    {"DROP VIEW early.person", TEXTS.get(0)},
    {"ALTER DOMAIN word ADD CHECK (f(length(VALUE)) > 0)", TEXTS.get(5)},
    {"ALTER TYPE mood RENAME TO moods", TEXTS.get(5)},
    {"CREATE TABLE child () INHERITS (person)", TEXTS.get(0)},
    {"ALTER TABLE child ADD COLUMN more text", TEXTS.get(0)},
    {"CREATE TABLE holder (id int, n note)", ""},
    {"ALTER TABLE note ADD COLUMN again text", "SELECT n FROM note n"},
    {"CREATE CAST (moods AS int) WITH INOUT", ""},
    {"DROP TABLE late", "SELECT id FROM late"},
    {"CREATE TABLE measured (day date, n int) PARTITION BY RANGE (day)", ""},
    {"DROP TABLE person CASCADE", TEXTS.get(0)}
  };

  private final Analyzers analyzers = new Analyzers();
  private final Clearances clearances = new Clearances(analyzers);
  private final Policy policy;
  private String database = "";

  KeptPlansIT() throws Exception {
    policy = PolicyReader.read(POLICY, "policy.yaml");
  }

  @BeforeEach
  void create() throws Exception {
    database = POSTGRES.createDatabase("keptplans");
    POSTGRES.execute(database, String.join(";", SCHEMA));
  }

  @AfterEach
  void drop() throws Exception {
    POSTGRES.dropDatabase(database);
  }

  private LiveCatalog live() {
    return new LiveCatalog(() -> JdbcCatalogQueries.open(POSTGRES, database));
  }

  private Perspective perspective(Catalog catalog, Clearances of) {
    return new Perspective(
        catalog,
        policy,
        ADA,
        Circumstances.UNSTATED,
        of.of(catalog, policy, policy.classesHiddenFrom(ADA)),
        SearchPath.of("pg_catalog", "early", "public"),
        SessionObjects.NONE,
        Map.of(),
        Unseen.NOTHING);
  }

  private TextPlan fresh(String text, Catalog catalog) {
    Analyzers own = new Analyzers();
    return new TextAnalyzer(new StatementJudge(own), () -> catalog)
        .plan(TextAnalyzer.read(text), perspective(catalog, new Clearances(own)));
  }

  /** All that is told of a text, as one text. */
  private static String told(TextPlan plan) {
    List<Object> told = new ArrayList<>();
    for (StatementAnalysis part : plan.parts()) {
      told.add(part.lineage());
      told.add(part.touchesProtected());
      told.add(part.treatments());
      told.add(part.decision());
      told.add(part.layer());
      told.add(part.reach());
      told.add(part.substitutions());
      told.add(part.touched().text());
    }
    return told.toString();
  }

  private static StatementAnalysis only(TextPlan plan) {
    return plan.parts().get(0);
  }

  /** Twice: what came once is not known by its text alone. */
  private static TextPlan plan(PlanCache cache, String text, Perspective perspective) {
    cache.plan(text, perspective);
    return cache.plan(text, perspective);
  }

  @Test
  void plan_afterEachChange_isWhatPlanningAnewGives() throws Exception {
    try (LiveCatalog live = live()) {
      PlanCache cache =
          new PlanCache(new TextAnalyzer(new StatementJudge(analyzers), live::current));
      Perspective first = perspective(live.current(), clearances);
      Map<String, TextPlan> before = new HashMap<>();
      for (String text : TEXTS) {
        before.put(text, plan(cache, text, first));
      }
      for (String[] change : CHANGES) {
        POSTGRES.execute(database, change[0]);
        Perspective now = perspective(live.refresh(), clearances);
        assertNotSame(first.catalog(), now.catalog(), change[0]);
        for (String text : TEXTS) {
          TextPlan plan = plan(cache, text, now);
          String what = change[0] + " / " + text;
          assertEquals(sorted(told(fresh(text, now.catalog()))), sorted(told(plan)), what);
          assertSame(now.catalog(), plan.perspective().catalog(), what);
          for (StatementAnalysis part : plan.parts()) {
            assertSame(now.protections(), part.protections(), what);
          }
          TextPlan earlier = Objects.requireNonNull(before.put(text, plan));
          if (text.equals(change[1])) {
            assertNotSame(only(earlier).lineage(), only(plan).lineage(), what);
          }
        }
      }
    }
  }

  /** Sets have no order. */
  private static List<String> sorted(String told) {
    return told.chars().sorted().mapToObj(Character::toString).toList();
  }

  @Test
  void plan_afterChangesOfOthers_isKept() throws Exception {
    List<String> texts = List.of(TEXTS.get(0), TEXTS.get(1), TEXTS.get(5), TEXTS.get(10));
    try (LiveCatalog live = live()) {
      PlanCache cache =
          new PlanCache(new TextAnalyzer(new StatementJudge(analyzers), live::current));
      Map<String, TextPlan> before = new HashMap<>();
      Perspective first = perspective(live.current(), clearances);
      texts.forEach(text -> before.put(text, plan(cache, text, first)));
      for (String change :
          new String[] {
            CHANGES[0][0], CHANGES[1][0], CHANGES[2][0], CHANGES[3][0], CHANGES[4][0]
          }) {
        POSTGRES.execute(database, change);
        Perspective now = perspective(live.refresh(), clearances);
        cache.plan("SELECT 2", now); // the others are asked for a few snapshots later
        if (!change.equals(CHANGES[1][0]) && !change.equals(CHANGES[3][0])) {
          for (String text : texts) {
            StatementAnalysis kept = only(cache.plan(text, now));
            assertSame(
                only(Objects.requireNonNull(before.get(text))).lineage(),
                kept.lineage(),
                change + " / " + text);
          }
        }
      }
    }
  }
}
