package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.judge.Perspective;
import io.pgguard.judge.Unseen;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.SessionObjects;
import io.pgguard.lineage.TemporaryRelation;
import io.pgguard.plan.TextPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement makes the server run, wherever the code stands that no text names. */
class ReachIT {
  private static final String SCHEMA =
      """
      CREATE TABLE emp (id int PRIMARY KEY, name text, ssn text);
      CREATE TABLE notes (id int PRIMARY KEY, body text);
      CREATE FUNCTION peek(text) RETURNS boolean LANGUAGE plpgsql STABLE
        AS $$ BEGIN RETURN $1 < (SELECT max(ssn) FROM emp); END $$;
      CREATE FUNCTION peek(int, int) RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT max(ssn) FROM emp $$;
      CREATE OPERATOR ### (FUNCTION = peek, LEFTARG = int, RIGHTARG = int);
      CREATE FUNCTION safe_f(a int, b text DEFAULT peek(1, 2)) RETURNS text LANGUAGE sql STABLE
        AS $$ SELECT b $$;
      CREATE DOMAIN nosy AS text CHECK (peek(VALUE));
      CREATE DOMAIN fine AS text CHECK (VALUE <> '');
      CREATE TYPE pair AS (a nosy, b int);
      CREATE TYPE box_of AS (a int);
      CREATE FUNCTION to_box(text) RETURNS box_of LANGUAGE plpgsql
        AS $$ BEGIN RETURN ROW(length(peek(1, 2)))::box_of; END $$;
      CREATE CAST (text AS box_of) WITH FUNCTION to_box(text) AS IMPLICIT;
      CREATE FUNCTION takes_box(b box_of) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT b.a $$;
      CREATE TABLE holds_domain (id int, n nosy, f fine);
      CREATE FUNCTION loud_step(text, text) RETURNS text LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_notify('c', $2); RETURN $2; END $$;
      CREATE AGGREGATE loud(text) (SFUNC = loud_step, STYPE = text);
      CREATE FUNCTION quiet_step(text, text) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT $1 || $2 $$;
      CREATE AGGREGATE quiet(text) (SFUNC = quiet_step, STYPE = text);
      CREATE TABLE defaulted (id int, n text DEFAULT peek(1, 2));
      CREATE TABLE counted (id serial, made timestamptz DEFAULT now());
      CREATE TABLE guarded (id int, n text);
      ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
      CREATE FUNCTION shout(int) RETURNS boolean LANGUAGE plpgsql
        AS $$ BEGIN PERFORM pg_notify('c', (SELECT max(ssn) FROM emp)); RETURN true; END $$;
      CREATE POLICY p ON guarded USING (shout(id));
      CREATE TABLE tenants (id int, n text);
      ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
      CREATE FUNCTION tenant() RETURNS int LANGUAGE plpgsql STABLE
        AS $$ BEGIN RETURN current_setting('application_name')::int; END $$;
      CREATE POLICY p ON tenants USING (id = tenant());
      CREATE VIEW dump AS SELECT query_to_xml('SELECT ssn FROM emp', true, true, '') AS x;
      CREATE VIEW plain AS SELECT id, body, now() AS at FROM notes;
      CREATE TABLE parent (id int PRIMARY KEY, n text);
      CREATE TABLE child (id int PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE ON UPDATE CASCADE);
      CREATE TABLE grandchild (child int REFERENCES child ON DELETE SET NULL);
      CREATE TABLE audit (id int);
      CREATE FUNCTION log_it() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN INSERT INTO audit VALUES (1); RETURN NULL; END $$;
      CREATE TABLE logged (id int);
      CREATE TRIGGER t AFTER INSERT ON logged FOR EACH ROW EXECUTE FUNCTION log_it();
      CREATE SCHEMA app;
      CREATE FUNCTION app.total(int) RETURNS int LANGUAGE sql STABLE AS $$ SELECT $1 $$;
      CREATE FUNCTION app.total(text) RETURNS int LANGUAGE sql STABLE AS $$ SELECT 1 $$;
      CREATE FUNCTION vol(int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT $1 $$;
      CREATE OPERATOR |@| (FUNCTION = vol, RIGHTARG = int);
      CREATE VIEW uses_vol AS SELECT vol(id) AS v FROM notes;
      CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT $1 $$;
      CREATE FUNCTION f(b text) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
      CREATE FUNCTION f(c bigint) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
      CREATE FUNCTION f(d text, e int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
      CREATE FUNCTION f(k int, l int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
      CREATE FUNCTION f(VARIADIC m int[]) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;
      CREATE OPERATOR <@@> (FUNCTION = f, RIGHTARG = int);
      CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT f(a) $$;
      CREATE FUNCTION h(a int, b int DEFAULT f(1)) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
      CREATE VIEW uses_f AS SELECT f(id) AS v FROM notes;
      CREATE TABLE defaults_f (id int DEFAULT f(1), body text);
      CREATE FUNCTION w(a int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN a; END $$;
      CREATE FUNCTION w(b text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
      """;

  private static final String POLICY =
      """
      version: 1
      classes: { pii: { columns: ["public.emp.ssn"], mask: redact } }
      inference: deny
      rules:
        - { id: all, when: { kind: [select, insert, update, delete, merge, copy-in, prepare] }, then: allow }
      %s
      otherwise: deny
      """;

  private static PlannedDatabase planned;

  @BeforeAll
  static void load() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, POLICY.formatted(""));
  }

  @AfterAll
  static void close() {
    planned.close();
  }

  private static List<String> rules(String sql) {
    return rules(planned.plan(sql));
  }

  private static List<String> rules(TextPlan plan) {
    return PlannedDatabase.refusedBy(plan.parts().get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 ### 2",
        "SELECT 1 ### 2 FROM notes JOIN jsonb_populate_recordset(null::notes, '[{\"id\":1}]') f USING (id)",
        "SELECT 1 OPERATOR(public.###) 2",
        "SELECT safe_f(1)",
        "SELECT 'x'::nosy",
        "SELECT nosy('x')",
        "SELECT ('x').nosy",
        "SELECT CAST(ARRAY['x'] AS nosy[])",
        "SELECT pg_input_is_valid('x', 'nosy')",
        "SELECT pg_input_is_valid('x', 'no' || 'sy')",
        "SELECT * FROM pg_input_error_info('(x,1)', 'public.pair')",
        "SELECT * FROM json_populate_record(null::pair, '{\"a\":\"x\"}')",
        "SELECT * FROM json_populate_record(null::holds_domain, '{\"n\":\"x\"}')",
        "SELECT * FROM jsonb_to_record('{\"a\":\"x\"}') AS t(a nosy)",
        "SELECT * FROM XMLTABLE('/a' PASSING '<a/>' COLUMNS c nosy PATH 'b')",
        "SELECT JSON_VALUE('1', '$' RETURNING nosy)",
        "SELECT takes_box('x'::text)",
        "SELECT loud(body) FROM notes",
        "SELECT * FROM guarded",
        "SELECT x FROM dump",
        "SELECT count(*) FROM dump",
        "PREPARE p AS SELECT 'x'::nosy",
        "PREPARE p(nosy) AS SELECT $1",
      })
  void codeThatNoTextNames_isJudgedAllTheSame(String sql) {
    assertTrue(rules(sql).contains("guard.function"), sql + " gave " + rules(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO defaulted (id) VALUES (1)",
        "INSERT INTO holds_domain VALUES (1, 'x', 'y')",
        "COPY holds_domain FROM STDIN",
      })
  void codeBehindWrites_isJudged(String sql) {
    assertTrue(rules(sql).contains("guard.trigger"), sql + " gave " + rules(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id FROM holds_domain",
        "SELECT n, f FROM holds_domain WHERE n = 'x' ORDER BY n",
        "SELECT 'x'::fine",
        "SELECT quiet(body) FROM notes",
        "SELECT * FROM defaulted",
        "DELETE FROM defaulted WHERE id = 1",
        "INSERT INTO counted DEFAULT VALUES",
        "SELECT * FROM tenants",
        "SELECT * FROM plain",
        "SELECT 1 + 2, body FROM notes JOIN notes n2 USING (id, body) WHERE body LIKE 'x%'",
        "SELECT pg_input_is_valid('1', 'int')",
        "INSERT INTO logged VALUES (1)",
        "SELECT vol(1)",
      })
  void ordinaryWork_isNotDisturbed(String sql) {
    assertEquals(List.of(), rules(sql), sql);
  }

  private static List<String> under(String rule, String sql) throws Exception {
    return rules(planned.plan(sql, planned.withPolicy(POLICY.formatted(rule))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT vol(1)",
        "SELECT public.vol(1)",
        "SELECT \"vol\"(1)",
        "SELECT |@| 1",
        "SELECT v FROM uses_vol",
        "SELECT * FROM notes WHERE vol(id) = 1",
      })
  void functionsOfARule_areWhatTheNameMeans(String sql) throws Exception {
    String rule = "  - { id: no-vol, when: { functions: [public.vol] }, then: deny }";
    assertEquals(List.of("no-vol"), under(rule, sql), sql);
    assertEquals(List.of(), under(rule, "SELECT abs(1)"));
  }

  @Test
  void functionsOfARule_mayNameOneOverload() throws Exception {
    String rule = "  - { id: no, when: { functions: [\"app.total(int)\"] }, then: deny }";
    assertEquals(List.of("no"), under(rule, "SELECT app.total(1)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT f(1)",
        "SELECT F(1)",
        "SELECT \"f\"(1)",
        "SELECT public.f(1)",
        "SELECT f(-2147483648)",
        "SELECT f(id) FROM notes",
        "SELECT f(x) FROM (VALUES (1)) v(x)",
        "SELECT f(CASE WHEN true THEN 1 ELSE 2 END)",
        "SELECT f('1'::int)",
        "SELECT f(1::smallint)",
        "SELECT f(a => 1)",
        "SELECT f($1)",
        "SELECT f((SELECT count(*)::int FROM notes))",
        "SELECT * FROM f(1)",
        "SELECT id FROM notes WHERE f(id) = 1",
        "SELECT id FROM notes ORDER BY f(id)",
        "SELECT f(f('x'::text))",
        "SELECT <@@> 1",
        "SELECT (1).f",
        "PREPARE p AS SELECT f(1)",
        "PREPARE p(int) AS SELECT f($1)",
        "SELECT v FROM uses_f",
        "INSERT INTO notes VALUES (f(1), 'x')",
        "INSERT INTO defaults_f (body) VALUES ('x')",
        "UPDATE notes SET id = f(id)",
        "DELETE FROM notes WHERE id = f(1)",
        "SELECT g(1)",
        "SELECT h(1)",
        "EXECUTE nobody_knows(1)",
        "SELECT f(1) LIMIT f(1)",
        "SELECT 1 LIMIT f(1)",
        "SELECT sum(id) OVER (ORDER BY f(id)) FROM notes",
      })
  void functionsOfARule_stopEachCallThatMeansTheOverload(String sql) throws Exception {
    String rule = "  - { id: no, when: { functions: [\"public.f(int)\"] }, then: deny }";
    List<String> rules = under(rule, sql);
    assertTrue(rules.contains("no") || sql.startsWith("EXECUTE"), sql + " gave " + rules);
    assertTrue(!rules.isEmpty(), sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT f('x'::text)",
        "SELECT f('x')",
        "SELECT f(body) FROM notes",
        "SELECT f(b => 'x')",
        "SELECT f(3000000000)",
        "SELECT f(1::bigint)",
        "SELECT f(1, 2)",
        "SELECT f(1, 2, 3)",
        "SELECT f(VARIADIC ARRAY[1])",
        "SELECT f(count(*)) FROM notes",
        "SELECT f(body || 'x') FROM notes WHERE id = 1",
        "SELECT f(x) FROM (VALUES ('x'), ('y')) v(x)",
        "SELECT f(d => 'x'::text)",
        "SELECT id FROM notes",
      })
  void functionsOfARule_leaveOtherOverloadsAlone(String sql) throws Exception {
    String rule = "  - { id: no, when: { functions: [\"public.f(int)\"] }, then: deny }";
    assertEquals(List.of(), under(rule, sql), sql);
  }

  @Test
  void functionsOfARule_speakAnewWhereALiteralIsOfAnotherType() throws Exception {
    String rule = "  - { id: no, when: { functions: [\"public.f(int)\"] }, then: deny }";
    Perspective ruled = planned.withPolicy(POLICY.formatted(rule));
    assertEquals(
        List.of(), rules(planned.plan("SELECT f(x) FROM (VALUES (3000000000)) v(x)", ruled)));
    assertEquals(List.of("no"), rules(planned.plan("SELECT f(x) FROM (VALUES (3)) v(x)", ruled)));
    assertEquals(
        List.of(), rules(planned.plan("SELECT f(x) FROM (VALUES (-2147483649)) v(x)", ruled)));
    assertEquals(
        List.of("no"), rules(planned.plan("SELECT f(x) FROM (VALUES (-2147483648)) v(x)", ruled)));
  }

  @Test
  void functionsThatAPolicyAllows_areSingleOverloads() throws Exception {
    Perspective allows =
        planned.withPolicy(
            POLICY
                .formatted("")
                .replace("rules:", "functions: { allow: ['public.w(int)'] }\nrules:"));
    assertEquals(List.of(), rules(planned.plan("SELECT w(1)", allows)));
    assertEquals(List.of(), rules(planned.plan("SELECT w(a => 1)", allows)));
    assertEquals(List.of("guard.function"), rules(planned.plan("SELECT w('x'::text)", allows)));
    assertEquals(List.of("guard.function"), rules(planned.plan("SELECT w('x')", allows)));
    assertEquals(List.of("guard.function"), rules(planned.plan("SELECT w($1)", allows)));
    assertEquals(
        List.of("guard.function"), rules(planned.plan("SELECT w(1), w(b => 'x')", allows)));
  }

  @Test
  void writesOfARule_areWhatHappens() throws Exception {
    String rule = "  - { id: no, when: { writes: [public.child, public.audit] }, then: deny }";
    assertEquals(List.of("no"), under(rule, "DELETE FROM parent WHERE id = 1"));
    assertEquals(List.of("no"), under(rule, "UPDATE parent SET id = 2 WHERE id = 1"));
    assertEquals(List.of(), under(rule, "UPDATE parent SET n = 'x' WHERE id = 1"));
    assertEquals(List.of(), under(rule, "INSERT INTO parent VALUES (1)"));
    assertEquals(List.of("no"), under(rule, "INSERT INTO logged VALUES (1)"));
    assertEquals(
        List.of("no"), under(rule, "WITH d AS (DELETE FROM parent WHERE id = 1) SELECT 1"));
    assertEquals(List.of("no"), under(rule, "TRUNCATE parent CASCADE"));
    assertEquals(List.of("no"), under(rule, "TRUNCATE TABLE notes, child"));
    assertEquals(List.of("guard.otherwise"), under(rule, "TRUNCATE notes CASCADE"));
    String deep = "  - { id: no, when: { writes: [public.grandchild] }, then: deny }";
    assertEquals(List.of("no"), under(deep, "DELETE FROM parent WHERE id = 1"));
    assertEquals(List.of("no"), under(deep, "TRUNCATE ONLY parent CASCADE"));
  }

  @Test
  void readsOfARule_areWhatHappens() throws Exception {
    String rule = "  - { id: no, when: { reads: [public.notes] }, then: deny }";
    assertEquals(List.of("no"), under(rule, "SELECT * FROM plain"));
    assertEquals(List.of("no"), under(rule, "SELECT v FROM uses_vol"));
    assertEquals(List.of(), under(rule, "SELECT * FROM parent"));
  }

  @Test
  void definitionsOfTheSessionsOwnRelations_areOfTheReachToo() throws Exception {
    int vol =
        planned.perspective.catalog().functionsNamed("vol").stream()
            .findFirst()
            .orElseThrow()
            .oid();
    TemporaryRelation mine =
        new TemporaryRelation(
                "mine", List.of(new OutputLineage("a", Set.of(), 23, false, null)), Set.of(), true)
            .calling(Set.of(vol));
    SessionObjects objects = new SessionObjects(Map.of(), Map.of(), Map.of("mine", mine));
    Perspective ruled =
        planned.withPolicy(
            POLICY.formatted("  - { id: no-vol, when: { functions: [public.vol] }, then: deny }"));
    Perspective session = ruled.with(ruled.path(), objects, Map.of(), Unseen.NOTHING);
    assertEquals(List.of("no-vol"), rules(planned.plan("INSERT INTO mine VALUES (1)", session)));
    assertEquals(List.of(), rules(planned.plan("SELECT a FROM mine", session)));
  }

  @Test
  void operatorWithItsSchema_isNoCall() {
    assertEquals(
        List.of(), rules("SELECT nothing FROM notes WHERE body OPERATOR(pg_catalog.~) 'x'"));
  }
}
