package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules about the columns that a statement reads and sets, whichever way it comes to them. */
class RuleColumnsIT {
  private static final String SCHEMA =
      """
      CREATE SCHEMA hr;
      CREATE TABLE hr.emp (id int PRIMARY KEY, name text, ssn text, salary int, dept int);
      CREATE TABLE dept (id int PRIMARY KEY, title text, head int);
      CREATE TABLE badge (no int PRIMARY KEY,
          emp int DEFAULT 0 REFERENCES hr.emp ON UPDATE CASCADE ON DELETE SET NULL, note text);
      CREATE TABLE log (at timestamptz, what text);
      CREATE VIEW emp_v AS SELECT id, name, upper(ssn) AS tax FROM hr.emp;
      CREATE VIEW paid_v AS SELECT id FROM hr.emp WHERE salary > 10;
      CREATE MATERIALIZED VIEW hr.kept AS SELECT id, ssn AS tax, name FROM hr.emp;
      CREATE TABLE made (id int, ssn text,
          last text GENERATED ALWAYS AS (right(ssn, 4)) STORED);
      CREATE TABLE part (id int, region text, secret text) PARTITION BY LIST (region);
      CREATE TABLE part_eu PARTITION OF part FOR VALUES IN ('eu');
      CREATE FUNCTION code(int) RETURNS int LANGUAGE plpgsql STABLE AS
          'BEGIN RETURN (SELECT salary FROM hr.emp WHERE id = $1); END';
      CREATE TABLE stamped (id int PRIMARY KEY, v text, changed timestamptz);
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.changed := now(); RETURN NEW; END';
      CREATE TRIGGER s BEFORE INSERT OR UPDATE ON stamped FOR EACH ROW EXECUTE FUNCTION stamp();
      CREATE TABLE swapped (id int PRIMARY KEY, v text, w text);
      CREATE FUNCTION swap() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW := OLD; RETURN NEW; END';
      CREATE TRIGGER s BEFORE UPDATE ON swapped FOR EACH ROW EXECUTE FUNCTION swap();
      """;

  private static PlannedDatabase planned;

  @BeforeAll
  static void create() throws Exception {
    planned = PlannedDatabase.of(SCHEMA, "version: 1\nmode: enforce\notherwise: allow\n");
  }

  @AfterAll
  static void drop() throws Exception {
    planned.close();
  }

  private static String policy(String rules, String otherwise) {
    return """
    version: 1
    mode: enforce
    inference: allow
    functions: { allow: ["*.*"] }
    rules:
    %s
    otherwise: %s
    """
        .formatted(rules.indent(2), otherwise);
  }

  private static void assertStops(String when, List<String> stopped, List<String> passing)
      throws Exception {
    String rule = "- { id: it, when: { " + when + " }, then: deny }";
    assertDecisions(policy(rule, "allow"), stopped, passing);
  }

  private static void assertAllows(String when, List<String> passing, List<String> stopped)
      throws Exception {
    String rule = "- { id: it, when: { " + when + " }, then: allow }";
    assertDecisions(policy(rule, "deny"), stopped, passing);
  }

  private static void assertDecisions(String policy, List<String> stopped, List<String> passing)
      throws Exception {
    PlannedDatabase ruled = planned.under(policy, "pg_catalog", "public");
    List<String> wrong = new ArrayList<>();
    for (String text : stopped) {
      if (!(decision(ruled, text) instanceof Decision.Deny)) {
        wrong.add("not stopped: " + text);
      }
    }
    for (String text : passing) {
      if (decision(ruled, text) instanceof Decision.Deny deny) {
        wrong.add("stopped: " + text + ": " + deny);
      }
    }
    assertEquals(List.of(), wrong, policy);
  }

  private static Decision decision(PlannedDatabase ruled, String text) {
    return ruled.fresh(text).parts().get(0).decision();
  }

  @Test
  void columnThatIsRead_stopsByWhateverWayItFlows() throws Exception {
    assertStops(
        "readsColumns: [hr.emp.ssn]",
        List.of(
            "SELECT ssn FROM hr.emp",
            "SELECT * FROM hr.emp",
            "SELECT e FROM hr.emp e",
            "SELECT (e).ssn FROM hr.emp e",
            "SELECT to_jsonb(e) FROM hr.emp e",
            "TABLE hr.emp",
            "SELECT id FROM hr.emp WHERE ssn = '1'",
            "SELECT id FROM hr.emp ORDER BY ssn",
            "SELECT count(*) FROM hr.emp GROUP BY ssn",
            "SELECT count(ssn) FROM hr.emp",
            "SELECT length(ssn) FROM hr.emp",
            "SELECT ssn IS NULL FROM hr.emp",
            "SELECT title FROM dept JOIN hr.emp ON ssn = title",
            "SELECT tax FROM emp_v",
            "SELECT * FROM emp_v",
            "SELECT id FROM emp_v WHERE tax = 'X'",
            "WITH x AS (SELECT ssn AS a FROM hr.emp) SELECT a FROM x",
            "UPDATE hr.emp SET name = ssn WHERE id = 1",
            "UPDATE dept SET title = (SELECT max(ssn) FROM hr.emp) WHERE id = 1",
            "INSERT INTO log SELECT now(), ssn FROM hr.emp",
            "UPDATE hr.emp SET name = 'x' WHERE id = 1 RETURNING ssn",
            "DELETE FROM hr.emp WHERE ssn = '1'",
            "MERGE INTO dept d USING hr.emp e ON d.title = e.ssn WHEN MATCHED THEN DELETE",
            "CREATE TABLE x AS SELECT ssn FROM hr.emp",
            "CREATE VIEW x AS SELECT ssn FROM hr.emp",
            "COPY hr.emp TO STDOUT",
            "COPY hr.emp (ssn) TO STDOUT",
            "PREPARE p AS SELECT ssn FROM hr.emp",
            "DECLARE c CURSOR FOR SELECT ssn FROM hr.emp",
            "EXPLAIN ANALYZE SELECT id FROM hr.emp WHERE ssn = '1'",
            "SELECT code(1)",
            "CREATE INDEX ON hr.emp (ssn)"),
        List.of(
            "SELECT id, name FROM hr.emp",
            "SELECT count(*) FROM hr.emp",
            "SELECT id FROM emp_v",
            "SELECT id FROM paid_v",
            "SELECT 1 FROM dept WHERE EXISTS (SELECT 1 FROM hr.emp e WHERE e.dept = dept.id)",
            "SELECT e.name, d.title FROM hr.emp e JOIN dept d ON d.id = e.dept",
            "SELECT name FROM hr.emp JOIN dept USING (id)",
            "INSERT INTO hr.emp (id, ssn) VALUES (1, 'x')",
            "UPDATE hr.emp SET ssn = 'x' WHERE id = 1",
            "DELETE FROM hr.emp WHERE id = 1",
            "INSERT INTO log SELECT now(), name FROM hr.emp",
            "COPY hr.emp (id) TO STDOUT",
            "SELECT 'ssn'",
            "SELECT * FROM dept"));
  }

  @Test
  void columnThatIsRead_stopsInEveryClause() throws Exception {
    assertStops(
        "readsColumns: [hr.emp.ssn]",
        List.of(
            "SELECT hr.emp FROM hr.emp",
            "SELECT emp.*::text FROM hr.emp",
            "SELECT e::text FROM hr.emp e",
            "SELECT row_to_json(e) FROM hr.emp e",
            "SELECT (SELECT ssn FROM hr.emp LIMIT 1)",
            "SELECT ARRAY(SELECT ssn FROM hr.emp)",
            "SELECT id FROM hr.emp WHERE (ssn, id) IN (('1', 2))",
            "SELECT id FROM hr.emp WHERE id IN (SELECT length(ssn) FROM hr.emp)",
            "SELECT id FROM dept WHERE EXISTS (SELECT 1 FROM hr.emp WHERE ssn = title)",
            "SELECT DISTINCT ON (ssn) id FROM hr.emp",
            "SELECT id FROM hr.emp ORDER BY length(ssn)",
            "SELECT rank() OVER (ORDER BY ssn) FROM hr.emp",
            "SELECT count(*) FILTER (WHERE ssn > '5') FROM hr.emp",
            "SELECT dept FROM hr.emp GROUP BY dept HAVING max(ssn) > '5'",
            "SELECT count(*) FROM hr.emp GROUP BY GROUPING SETS ((ssn), ())",
            "SELECT 1 FROM dept LIMIT (SELECT length(max(ssn)) FROM hr.emp)",
            "SELECT x.s FROM dept d, LATERAL (SELECT ssn AS s FROM hr.emp WHERE id = d.head) x",
            "SELECT count(*) FROM hr.emp a JOIN hr.emp b USING (ssn)",
            "SELECT count(*) FROM hr.emp a NATURAL JOIN hr.emp b",
            "WITH RECURSIVE r(s) AS (SELECT ssn FROM hr.emp UNION SELECT s FROM r) SELECT s FROM r",
            "SELECT id FROM hr.emp UNION SELECT length(ssn) FROM hr.emp",
            "SELECT CASE WHEN ssn > '5' THEN 1 END FROM hr.emp",
            "SELECT coalesce(NULL, ssn) FROM hr.emp",
            "SELECT xmlforest(ssn) FROM hr.emp",
            "SELECT j.a FROM hr.emp, jsonb_to_record(to_jsonb(emp)) AS j(a text)",
            "UPDATE dept SET title = e.ssn FROM hr.emp e WHERE e.id = dept.head",
            "UPDATE dept SET head = 1 WHERE id = 1 RETURNING (SELECT ssn FROM hr.emp LIMIT 1)",
            "DELETE FROM dept USING hr.emp e WHERE e.ssn = title",
            "INSERT INTO hr.emp AS e (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = e.ssn",
            "INSERT INTO hr.emp AS e (id) VALUES (1)"
                + " ON CONFLICT (id) DO UPDATE SET name = 'x' WHERE e.ssn > '5'",
            "MERGE INTO dept d USING hr.emp e ON d.head = e.id"
                + " WHEN MATCHED AND e.ssn > '5' THEN DELETE",
            "COPY (SELECT ssn FROM hr.emp) TO STDOUT",
            "SELECT tax FROM hr.kept",
            "SELECT id FROM hr.kept WHERE tax = '1'",
            "REFRESH MATERIALIZED VIEW hr.kept",
            "DO $$ BEGIN PERFORM ssn FROM hr.emp; END $$"),
        List.of(
            "SELECT name FROM hr.kept",
            "SELECT rank() OVER (ORDER BY name) FROM hr.emp",
            "SELECT name FROM hr.emp ORDER BY id LIMIT 3",
            "SELECT count(*) FROM hr.emp a JOIN hr.emp b USING (id)"));
    assertStops(
        "readsColumns: [public.made.ssn]",
        List.of("SELECT last FROM made", "SELECT id FROM made WHERE last = '0001'"),
        List.of("SELECT id FROM made"));
  }

  @Test
  void conditionOfAView_isReadByWhoReadsTheView() throws Exception {
    assertStops(
        "readsColumns: [hr.emp.salary]",
        List.of("SELECT id FROM paid_v", "SELECT count(*) FROM paid_v"),
        List.of("SELECT id FROM emp_v"));
  }

  @Test
  void partition_isReadAndSetWithItsParent() throws Exception {
    assertStops(
        "readsColumns: [public.part_eu.secret]",
        List.of("SELECT secret FROM part", "SELECT secret FROM part_eu"),
        List.of("SELECT id FROM part", "SELECT secret FROM ONLY part"));
    assertStops(
        "writesColumns: [public.part_eu.secret]",
        List.of(
            "UPDATE part SET secret = 'x' WHERE id = 1",
            "INSERT INTO part VALUES (1, 'eu', 'x')",
            "INSERT INTO part_eu (secret) VALUES ('x')"),
        List.of("UPDATE part SET id = 2 WHERE id = 1", "DELETE FROM part WHERE id = 1"));
  }

  @Test
  void columnThatIsSet_stopsByWhateverWayItIs() throws Exception {
    assertStops(
        "writesColumns: [\"hr.emp.{ssn,salary}\"]",
        List.of(
            "UPDATE hr.emp SET salary = 1 WHERE id = 1",
            "UPDATE hr.emp SET (name, salary) = ('x', 1) WHERE id = 1",
            "UPDATE hr.emp SET (name, ssn) = (SELECT 'x', 'y') WHERE id = 1",
            "INSERT INTO hr.emp VALUES (1, 'x', 'y', 2, 3)",
            "INSERT INTO hr.emp (id, salary) VALUES (1, 2)",
            "INSERT INTO hr.emp (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET salary = 2",
            "WITH u AS (UPDATE hr.emp SET salary = 1 WHERE id = 1 RETURNING id) SELECT id FROM u",
            "MERGE INTO hr.emp e USING dept d ON d.id = e.dept WHEN MATCHED THEN UPDATE SET salary = 1",
            "UPDATE emp_v SET tax = 'x' WHERE id = 1",
            "COPY hr.emp FROM STDIN",
            "COPY hr.emp (salary) FROM STDIN",
            "ALTER TABLE hr.emp DROP COLUMN salary",
            "EXPLAIN ANALYZE UPDATE hr.emp SET salary = 1 WHERE id = 1",
            "PREPARE p AS UPDATE hr.emp SET salary = 1 WHERE id = 1"),
        List.of(
            "UPDATE hr.emp SET name = 'x' WHERE id = 1",
            "INSERT INTO hr.emp (id, name) VALUES (1, 'x')",
            "COPY hr.emp (id, name) FROM STDIN",
            "DELETE FROM hr.emp WHERE id = 1",
            "UPDATE hr.emp SET salary = salary WHERE id = 1",
            "SELECT salary FROM hr.emp",
            "UPDATE dept SET title = 'x' WHERE id = 1"));
  }

  @Test
  void triggersAndKeys_setColumnsToo() throws Exception {
    assertStops(
        "writesColumns: [public.stamped.changed]",
        List.of("UPDATE stamped SET v = 'x' WHERE id = 1", "INSERT INTO stamped (id) VALUES (1)"),
        List.of("DELETE FROM stamped WHERE id = 1"));
    assertStops(
        "writesColumns: [public.stamped.id]",
        List.of("INSERT INTO stamped (id) VALUES (1)"),
        List.of("UPDATE stamped SET v = 'x' WHERE id = 1"));
    assertStops(
        "writesColumns: [public.swapped.w]",
        List.of("UPDATE swapped SET v = 'x' WHERE id = 1"),
        List.of("INSERT INTO swapped (id) VALUES (1)"));
    assertStops(
        "writesColumns: [public.badge.emp]",
        List.of("UPDATE hr.emp SET id = 2 WHERE id = 1", "DELETE FROM hr.emp WHERE id = 1"),
        List.of("UPDATE badge SET note = 'x' WHERE no = 1"));
  }

  @Test
  void ruleThatAllows_speaksForTheWhole() throws Exception {
    assertAllows(
        "kind: select, readsColumns: [\"hr.emp.{id,name,dept}\", \"public.dept.*\"]",
        List.of(
            "SELECT id, name FROM hr.emp",
            "SELECT count(*) FROM hr.emp",
            "SELECT e.name, d.* FROM hr.emp e JOIN dept d ON d.id = e.dept"),
        List.of(
            "SELECT ssn FROM hr.emp",
            "SELECT * FROM hr.emp",
            "SELECT id FROM hr.emp WHERE salary > 3",
            "SELECT count(*) FROM log",
            "SELECT e.name FROM hr.emp e, log",
            "SELECT id FROM emp_v",
            "SELECT 1"));
    assertAllows(
        "kind: [update, insert, delete], writesColumns: [\"public.dept.{id,title}\"]",
        List.of(
            "UPDATE dept SET title = 'x' WHERE id = 1",
            "INSERT INTO dept (id, title) VALUES (1, 'x')"),
        List.of(
            "UPDATE dept SET head = 1 WHERE id = 1",
            "INSERT INTO dept VALUES (1, 'x', 2)",
            "DELETE FROM dept WHERE id = 1",
            "WITH d AS (DELETE FROM log RETURNING 1) UPDATE dept SET title = 'x' WHERE id = 1"));
    assertAllows(
        "kind: delete, writesColumns: [\"public.log.*\"]",
        List.of("DELETE FROM log WHERE what = 'x'"),
        List.of("DELETE FROM hr.emp WHERE id = 1", "DELETE FROM dept WHERE id = 1"));
  }

  @Test
  void star_isAnyWayOfNamingNoColumns() throws Exception {
    List<String> starred =
        List.of(
            "SELECT * FROM dept",
            "SELECT d.* FROM dept d",
            "TABLE dept",
            "SELECT count(*) FROM (SELECT * FROM dept) x",
            "UPDATE dept SET title = 'x' WHERE id = 1 RETURNING *",
            "SELECT (d).* FROM dept d",
            "COPY (SELECT * FROM dept) TO STDOUT");
    List<String> named =
        List.of(
            "SELECT id FROM dept",
            "SELECT count(*) FROM dept",
            "SELECT 2 * 3",
            "SELECT id FROM dept WHERE EXISTS (SELECT * FROM log)");
    assertStops("star: true", starred, named);
    assertAllows("star: false", named, starred);
  }

  @Test
  void refusal_namesTheColumns() throws Exception {
    PlannedDatabase ruled =
        planned.under(
            policy("- { id: it, when: { readsColumns: [hr.emp.*] }, then: deny }", "allow"),
            "pg_catalog",
            "public");
    assertEquals(
        "rule `it` refuses this statement: it reads hr.emp.salary, hr.emp.ssn",
        ((Decision.Deny) decision(ruled, "SELECT ssn FROM hr.emp WHERE salary = 3"))
            .verdicts()
            .get(0)
            .reason());
    assertEquals(
        "rule `it` refuses this statement: it may read columns of hr.emp by a way that Guard cannot"
            + " follow",
        ((Decision.Deny) decision(ruled, "SELECT code(1)")).verdicts().get(0).reason());
    PlannedDatabase allowing =
        planned.under(
            policy("- { id: it, when: { readsColumns: [hr.emp.id] }, then: allow }", "deny"),
            "pg_catalog",
            "public");
    assertEquals(
        "Rule it speaks for statements that read hr.emp.id alone, and this one reads hr.emp.ssn.",
        ((Decision.Deny) decision(allowing, "SELECT id, ssn FROM hr.emp"))
            .verdicts()
            .get(0)
            .hint());
  }
}
