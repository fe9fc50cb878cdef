package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A rule speaks about what a statement does as a whole, and about what names mean, however they are
 * written.
 */
class RuleMeaningsIT {
  private static final String SCHEMA =
      """
      CREATE SCHEMA hr; CREATE SCHEMA scratch; CREATE SCHEMA app;
      CREATE TABLE hr.pay (id int PRIMARY KEY, amount int);
      CREATE VIEW hr_v AS SELECT * FROM hr.pay;
      CREATE VIEW hr_vv AS SELECT id FROM hr_v;
      CREATE TABLE t (id int PRIMARY KEY, n text);
      CREATE TABLE big (id int PRIMARY KEY, v int);
      CREATE TABLE child (id int REFERENCES t ON DELETE CASCADE);
      CREATE TABLE scratch.s (id int PRIMARY KEY, n text);
      CREATE FUNCTION public.vol(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
      CREATE FUNCTION app.total(int, varchar) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
      CREATE FUNCTION public.volop(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT vol($1)';
      CREATE OPERATOR public.#%# (LEFTARG = int, RIGHTARG = int, FUNCTION = public.volop);
      CREATE AGGREGATE public.volagg(int) (SFUNC = public.volop, STYPE = int, INITCOND = '0');
      CREATE VIEW vol_v AS SELECT public.vol(id) AS v FROM t;
      CREATE TABLE vol_d (id int, v int DEFAULT public.vol(3));
      CREATE DOMAIN vol_dom AS int CHECK (public.vol(VALUE) > 0);
      """;

  private static PlannedDatabase planned;

  @BeforeAll
  static void create() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, policy("when: { kind: drop }, then: deny"));
  }

  @AfterAll
  static void drop() throws Exception {
    planned.close();
  }

  private static String policy(String rule) {
    return """
    version: 1
    mode: enforce
    inference: allow
    functions: { allow: ["*.*"] }
    rules:
      - { id: it, %s }
      - { id: all, when: {}, then: allow }
    otherwise: deny
    """
        .formatted(rule);
  }

  private static void assertRule(String rule, List<String> stopped, List<String> passing)
      throws Exception {
    assertRule(rule, List.of("pg_catalog", "public"), stopped, passing);
  }

  private static void assertRule(
      String rule, List<String> path, List<String> stopped, List<String> passing) throws Exception {
    PlannedDatabase ruled = planned.under(policy(rule), path.toArray(String[]::new));
    List<String> wrong = new ArrayList<>();
    for (String text : stopped) {
      Decision decision = decision(ruled, text);
      boolean spoke =
          decision instanceof Decision.Deny deny
              && deny.verdicts().stream().anyMatch(verdict -> verdict.rule().equals("it"));
      if (!spoke) {
        wrong.add("not stopped: " + text + ": " + decision);
      }
    }
    for (String text : passing) {
      Decision decision = decision(ruled, text);
      if (!(decision instanceof Decision.Allow)) {
        wrong.add("stopped: " + text + ": " + decision);
      }
    }
    assertEquals(List.of(), wrong, rule);
  }

  private static Decision decision(PlannedDatabase ruled, String text) {
    return ruled.fresh(text).parts().get(0).decision();
  }

  @Test
  void functions_areMeantHoweverTheyAreReached() throws Exception {
    for (String pattern :
        List.of("public.vol", "public.vol(int)", "public.vol(int4)", "*.vol", "public.v*(*)")) {
      assertRule(
          "when: { functions: [\"" + pattern + "\"] }, then: deny",
          List.of(
              "SELECT public.vol(1)",
              "SELECT vol(1)",
              "SELECT VOL(1)",
              "SELECT \"vol\"(1)",
              "SELECT * FROM vol(1)",
              "SELECT 1 #%# 2",
              "SELECT 1 OPERATOR(public.#%#) 2",
              "SELECT * FROM vol_v",
              "INSERT INTO vol_d (id) VALUES (1)",
              "SELECT 1::vol_dom",
              "SELECT volagg(id) FROM t",
              "PREPARE p AS SELECT vol(1)",
              "CREATE TEMP TABLE x AS SELECT vol(1)",
              "DELETE FROM t WHERE id = vol(1)",
              "SELECT 1 ORDER BY vol(1)"),
          List.of("SELECT abs(1)", "SELECT app.total(1, 'x')", "SELECT * FROM t"));
    }
    assertRule(
        "when: { functions: [\"app.total(integer, character varying)\"] }, then: deny",
        List.of("pg_catalog", "app", "public"),
        List.of("SELECT total(1, 'x')", "SELECT app.total(1, 'x')"),
        List.of("SELECT vol(1)"));
    assertRule(
        "when: { functions: [\"pg_catalog.pg_relation_size\"] }, then: deny",
        List.of("SELECT pg_relation_size('t')", "SELECT pg_relation_size('t'::regclass, 'main')"),
        List.of("SELECT lower('t')"));
  }

  @Test
  void kinds_areThoseOfAllThatIsDone() throws Exception {
    String upsert = "INSERT INTO t VALUES (1, 'y') ON CONFLICT (id) DO UPDATE SET n = 'y'";
    String merge = "MERGE INTO t USING big s ON t.id = s.id WHEN ";
    assertRule(
        "when: { kind: update }, then: deny",
        List.of(
            "UPDATE t SET n = 'y' WHERE id = 1",
            upsert,
            "WITH i AS (" + upsert + " RETURNING 1) SELECT * FROM i",
            "PREPARE p AS " + upsert,
            "EXPLAIN ANALYZE " + upsert,
            merge + "MATCHED THEN UPDATE SET n = 'y'",
            "WITH u AS (UPDATE t SET n = 'y' WHERE id = 1 RETURNING 1) SELECT * FROM u"),
        List.of(
            "INSERT INTO t VALUES (1, 'y') ON CONFLICT DO NOTHING",
            "INSERT INTO t VALUES (1, 'do update')",
            merge + "MATCHED THEN DELETE",
            "DELETE FROM t WHERE id = 5",
            "EXPLAIN " + merge + "MATCHED THEN UPDATE SET n = 'y'",
            "SELECT id FROM t FOR UPDATE SKIP LOCKED LIMIT 1"));
    assertRule(
        "when: { kind: delete }, then: deny",
        List.of(merge + "MATCHED THEN DELETE", "DELETE FROM t WHERE id = 1"),
        List.of(upsert, merge + "MATCHED THEN UPDATE SET n = 'y'"));
    assertRule(
        "when: { kind: insert }, then: deny",
        List.of(merge + "NOT MATCHED THEN INSERT VALUES (1, 'x')", upsert),
        List.of(merge + "MATCHED THEN DELETE"));
    assertRule(
        "when: { kind: select }, then: deny",
        List.of(
            "INSERT INTO t SELECT id, 'x' FROM big",
            "DELETE FROM t USING big b WHERE b.id = t.id",
            "UPDATE t SET n = (SELECT max(v)::text FROM big) WHERE id = 1",
            "CREATE TEMP TABLE x AS SELECT 1",
            "CREATE VIEW scratch.v AS SELECT 1"),
        List.of(
            "INSERT INTO t VALUES (1, 'x')",
            "DELETE FROM t WHERE id = 1",
            "UPDATE t SET n = 'x' WHERE id = 1"));
  }

  @Test
  void whatAllowsAnInsert_allowsNoUpdate() throws Exception {
    PlannedDatabase ruled =
        planned.under(
            "version: 1\nmode: enforce\ninference: allow\nrules:\n"
                + "  - { id: queue, when: { kind: insert }, then: allow }\notherwise: deny\n",
            "pg_catalog",
            "public");
    assertTrue(decision(ruled, "INSERT INTO t VALUES (1, 'x')") instanceof Decision.Allow);
    assertTrue(decision(ruled, "INSERT INTO t TABLE t") instanceof Decision.Allow);
    assertTrue(
        decision(ruled, "INSERT INTO t VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET n = 'x'")
            instanceof Decision.Deny);
  }

  @Test
  void reads_areThoseOfTheWholeStatement() throws Exception {
    assertRule(
        "when: { kind: select, reads: [\"hr.*\"] }, then: deny",
        List.of(
            "SELECT * FROM hr.pay",
            "TABLE hr.pay",
            "SELECT * FROM hr_vv",
            "CREATE TEMP TABLE x AS SELECT * FROM hr.pay",
            "SELECT * INTO TEMP x FROM hr.pay",
            "CREATE VIEW scratch.v AS SELECT * FROM hr.pay",
            "DELETE FROM t WHERE id IN (SELECT id FROM hr.pay)",
            "DELETE FROM t USING hr.pay p WHERE p.id = t.id",
            "DELETE FROM hr.pay WHERE amount = 3",
            "UPDATE t SET n = 'z' WHERE id IN (SELECT id FROM hr_v)",
            "INSERT INTO t SELECT id, 'x' FROM hr.pay",
            "MERGE INTO t USING hr.pay s ON t.id = s.id WHEN MATCHED THEN DELETE",
            "COPY hr.pay TO STDOUT",
            "DECLARE c CURSOR FOR SELECT * FROM hr.pay"),
        List.of(
            "SELECT * FROM t", "INSERT INTO hr.pay VALUES (1, 2)", "DELETE FROM t WHERE id = 3"));
  }

  @Test
  void writes_areAllThatIsMadeOrChanged() throws Exception {
    List<String> made =
        List.of(
            "CREATE TABLE %sn (id int)",
            "CREATE TABLE %sn (LIKE t)",
            "CREATE TABLE %sn AS SELECT 1 AS one",
            "SELECT 1 AS one INTO %sn",
            "CREATE VIEW %sv AS SELECT 1 AS one",
            "CREATE MATERIALIZED VIEW %sm AS SELECT 1 AS one",
            "CREATE SEQUENCE %sq");
    List<String> named = new ArrayList<>(made.stream().map(s -> s.formatted("scratch.")).toList());
    named.addAll(
        List.of(
            "ALTER TABLE t SET SCHEMA scratch",
            "ALTER TABLE scratch.s ADD COLUMN z int",
            "INSERT INTO scratch.s VALUES (1, 'x')",
            "DROP TABLE scratch.s"));
    String rule = "when: { writes: [\"scratch.*\"] }, then: deny";
    assertRule(
        rule,
        named,
        List.of(
            "CREATE TABLE n (id int)",
            "CREATE TEMP TABLE n (id int)",
            "SELECT * FROM scratch.s",
            "INSERT INTO t SELECT * FROM scratch.s"));
    assertRule(
        rule,
        List.of("pg_catalog", "scratch", "public"),
        made.stream().map(s -> s.formatted("")).toList(),
        List.of("CREATE TABLE public.n (id int)"));
    assertRule(
        "when: { writes: [public.child] }, then: deny",
        List.of("DELETE FROM t WHERE id = 4", "TRUNCATE t CASCADE"),
        List.of("UPDATE t SET n = 'b' WHERE id = 4"));
    assertRule(
        "when: { writes: [public.n] }, then: deny",
        List.of("ALTER TABLE t RENAME TO n"),
        List.of("ALTER TABLE t RENAME TO m"));
  }

  @Test
  void refusal_namesTheConditionThatDidNotFit() throws Exception {
    PlannedDatabase ruled =
        planned.under(
            """
            version: 1
            mode: enforce
            inference: allow
            rules:
              - { id: r1, when: { kind: [select, insert], reads: [public.t] }, then: allow }
              - { id: r2, when: { kind: select, principal: { groups: [dba] } }, then: allow }
              - { id: r3, when: { kind: delete, where: present }, then: allow }
              - { id: r4, when: { kind: update, writes: [public.t] }, then: allow }
            otherwise: deny
            """,
            "pg_catalog",
            "public");
    assertHint(
        "Rule r1 speaks for statements that read public.t alone, and this one reads public.big."
            + " Rule r2 speaks for other people, agents or models.",
        ruled,
        "SELECT * FROM big");
    assertHint(
        "Rule r3 speaks for statements with a WHERE clause that picks rows.",
        ruled,
        "DELETE FROM t");
    assertHint(
        "Rule r4 speaks for statements that change public.t alone, and this one changes public.big.",
        ruled,
        "UPDATE big SET v = 1 WHERE id = 1");
    assertHint(
        "The policy has rules for statements of these kinds: delete, insert, select, update.",
        ruled,
        "TRUNCATE t");
  }

  private static void assertHint(String hint, PlannedDatabase ruled, String text) {
    Decision.Deny deny = (Decision.Deny) decision(ruled, text);
    assertEquals(
        hint,
        deny.verdicts().stream()
            .filter(verdict -> verdict.rule().equals("guard.otherwise"))
            .findFirst()
            .orElseThrow()
            .hint());
  }
}
