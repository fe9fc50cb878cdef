package io.pgguard.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.policy.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTest {
  private static List<String> rules(String inference, String sql) {
    return SmallWorld.findings(inference, sql).stream().map(Verdict::rule).distinct().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          guard.unreadable  ~ FROBNICATE everything
          guard.lock        ~ SELECT * FROM orders FOR UPDATE
          guard.lock        ~ SELECT * FROM orders WHERE true FOR UPDATE
          guard.lock        ~ SELECT * FROM orders WHERE id = id OR 1 = 1 FOR SHARE
          guard.lock        ~ SELECT * FROM (SELECT * FROM orders FOR UPDATE) q WHERE id = 1
          guard.lock        ~ WITH q AS (SELECT * FROM orders FOR UPDATE) SELECT * FROM q WHERE id = 1
          guard.lock        ~ SELECT * FROM orders o, (SELECT 1 WHERE 1 = 2) q FOR UPDATE OF o
          guard.lock        ~ DECLARE c CURSOR FOR SELECT * FROM orders FOR UPDATE
          guard.lock        ~ PREPARE p AS SELECT * FROM orders FOR KEY SHARE
          guard.lock        ~ SELECT * FROM orders LIMIT 100000 FOR UPDATE
          guard.lock        ~ SELECT * FROM orders LIMIT ALL FOR UPDATE
          guard.lock        ~ SELECT * FROM orders LIMIT 10 * 9999 FOR UPDATE
          guard.lock        ~ SELECT * FROM (SELECT * FROM orders ORDER BY id) q LIMIT 1 FOR UPDATE
          guard.lock        ~ SELECT * FROM orders FETCH FIRST 1 ROWS WITH TIES FOR UPDATE
          guard.lock        ~ SELECT (SELECT 1 LIMIT 1) FROM orders FOR UPDATE
          guard.size        ~ SELECT length(repeat(repeat($$x$$, 9000000), 30))
          guard.size        ~ SELECT replace(replace(ssn, $$9$$, lpad($$x$$, 9000)), $$x$$, lpad($$y$$, 9000)) FROM customers
          guard.inference   ~ EXPLAIN ANALYZE SELECT ssn || $$x$$ FROM customers
          guard.server-file ~ SELECT * FROM pg_hba_file_rules
          guard.server-file ~ SELECT setting FROM pg_file_settings
          guard.server-file ~ COPY orders TO PROGRAM $$cat$$
          guard.server-file ~ COPY orders FROM $$/etc/passwd$$
          guard.setting     ~ SET ROLE postgres
          guard.setting     ~ DISCARD PLANS
          guard.setting     ~ DISCARD ALL; SELECT 1
          guard.inference   ~ SELECT id FROM customers WHERE ssn LIKE $$9%$$
          guard.inference   ~ SELECT id FROM customers ORDER BY ssn
          guard.carries     ~ INSERT INTO orders SELECT id, ssn FROM customers
          guard.carries     ~ UPDATE orders SET status = (SELECT ssn FROM customers LIMIT 1) WHERE id = 1
          """)
  void statement_isDeniedByGuardItself(String rule, String sql) {
    assertTrue(rules("equality", sql).contains(rule), sql + " gave " + rules("equality", sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM orders",
        "RESET ALL",
        "DISCARD ALL",
        "DISCARD ALL ;",
        "DISCARD TEMP",
        "RESET extra_float_digits",
        "SELECT ssn FROM customers WHERE ssn = '901-02-0001'",
        "SELECT ssn FROM customers WHERE ssn IN ($1, $2)",
        "SELECT * FROM orders WHERE id = 1 FOR UPDATE",
        "SELECT id FROM orders WHERE status = 'new' ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED",
        "SELECT * FROM (SELECT * FROM orders WHERE id = 1 FOR UPDATE) q",
        "SELECT id FROM orders ORDER BY id LIMIT 10 FOR UPDATE SKIP LOCKED",
        "SELECT id FROM orders FOR NO KEY UPDATE OF orders LIMIT 1",
        "SELECT count(id) FILTER (WHERE id = 1) FROM (SELECT id FROM orders FETCH NEXT ROW ONLY FOR UPDATE) q",
        "INSERT INTO customers VALUES (1, 'x')",
        "UPDATE customers SET ssn = 'x' WHERE id = 1",
        "COPY orders TO STDOUT",
        "EXPLAIN ANALYZE SELECT ssn FROM customers",
        "SHOW search_path",
        "SHOW ALL",
        "SET statement_timeout = 0",
        "SET search_path TO public",
        "SET search_path TO public, pg_catalog",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "SET TRANSACTION READ ONLY",
        "SET TRANSACTION NOT DEFERRABLE",
        "RESET work_mem"
      })
  void ordinaryWork_isNotDisturbed(String sql) {
    assertEquals(List.of(), rules("equality", sql));
  }

  @Test
  void inference_isThePolicysToSet() {
    String equality = "SELECT id FROM customers WHERE ssn = 'x'";
    String order = "SELECT id FROM customers ORDER BY ssn";
    assertEquals(List.of("guard.inference"), rules("deny", equality));
    assertEquals(List.of(), rules("equality", equality));
    assertEquals(List.of("guard.inference"), rules("equality", order));
    assertEquals(List.of(), rules("allow", order));
  }

  @Test
  void unknownLineage_ofAProtectedRelation_isDenied() {
    List<Verdict> found =
        SmallWorld.findings("equality", "SELECT * FROM customers, no_such_relation");
    assertEquals(List.of("guard.lineage"), found.stream().map(Verdict::rule).toList());
    assertTrue(found.get(0).reason().contains("Guard cannot follow its columns"));
  }

  @Test
  void deepNesting_isDenied() {
    String deep = "SELECT " + "(".repeat(501) + "1" + ")".repeat(501);
    assertTrue(rules("equality", deep).contains("guard.nesting"));
    String flat = "SELECT " + "(".repeat(500) + "1" + ")".repeat(500);
    assertEquals(List.of(), rules("equality", flat));
  }

  @Test
  void inference_namesColumnAndClass() {
    Verdict found = SmallWorld.findings("equality", "SELECT id FROM customers ORDER BY ssn").get(0);
    assertTrue(found.reason().contains("public.customers.ssn"), found.reason());
    assertTrue(found.reason().contains("pii.ssn"), found.reason());
  }
}
