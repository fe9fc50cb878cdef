package io.pgguard.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.session.PlannedDatabase;
import io.pgguard.statement.LexicalException;
import io.pgguard.testkit.CorpusFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan from the cache is the plan that a fresh analysis makes, whatever texts came before. */
@Timeout(300)
class PlanCacheIT {
  private static final int VARIANTS = 50;

  private int tried;
  private int shared;

  @Test
  void literalVariants_ofOwnStatements_areAnalysedAlike() throws Exception {
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      compare(planned, PlannedDatabase.statements(), VARIANTS);
      assertTrue(tried > 2_000, tried + " texts");
      assertTrue(shared > tried / 4, shared + " of " + tried + " shared");
    }
  }

  @Test
  void literalVariants_ofCorpusLines_areAnalysedAlike() throws Exception {
    Optional<Path> leaks = CorpusFolder.find("leaks.jsonl");
    org.junit.jupiter.api.Assumptions.assumeTrue(leaks.isPresent(), "no corpus");
    List<String> texts = new ArrayList<>();
    for (String file : List.of("leaks.jsonl", "benign.jsonl")) {
      for (String line : Files.readAllLines(CorpusFolder.read(file))) {
        var sql = new ObjectMapper().readTree(line).path("sql");
        if (sql.isTextual()) {
          texts.add(sql.asText());
        }
        sql.forEach(one -> texts.add(one.asText()));
      }
    }
    String schema = Files.readString(CorpusFolder.read("schema.sql"));
    String policy = withoutFigures(Files.readString(CorpusFolder.read("policy.yaml")));
    try (PlannedDatabase planned = PlannedDatabase.of(schema, policy)) {
      compare(planned, texts, 4);
      assertTrue(tried > 2_000, tried + " texts");
    }
  }

  /** What needs the planner's figures is not shared, and asking takes long. */
  private static String withoutFigures(String policy) {
    return policy
        .lines()
        .filter(line -> !line.contains("affectedRows") && !line.startsWith("limits"))
        .collect(java.util.stream.Collectors.joining("\n"));
  }

  private void compare(PlannedDatabase planned, List<String> texts, int variants) {
    long seed = System.nanoTime();
    System.out.println("PlanCacheIT: seed " + seed);
    Random random = new Random(seed);
    LiteralVariants literals = new LiteralVariants(random);
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int round = 0; round < variants; round++) {
      for (String text : texts) {
        try {
          compare(planned, round == 0 ? text : literals.of(text), seen);
        } catch (LexicalException e) {
          assertTrue(planned.plan(text).unreadable() != null, text);
        }
      }
    }
    System.out.println(
        "PlanCacheIT: " + shared + " of " + tried + " texts took another's analysis");
  }

  private void compare(PlannedDatabase planned, String text, Set<Object> seen) {
    TextPlan cached = planned.plan(text);
    TextPlan fresh = planned.fresh(text);
    assertEquals(fresh.text(), cached.text());
    assertEquals(fresh.unreadable(), cached.unreadable(), text);
    assertEquals(fresh.parts().size(), cached.parts().size(), text);
    for (int i = 0; i < fresh.parts().size(); i++) {
      StatementAnalysis is = cached.parts().get(i);
      StatementAnalysis should = fresh.parts().get(i);
      assertEquals(should.decision(), is.decision(), text);
      assertEquals(should.treatments(), is.treatments(), text);
      assertEquals(should.lineage(), is.lineage(), text);
      assertEquals(should.text(), is.text());
      assertEquals(should.layer(), is.layer(), text);
      assertEquals(should.touchesProtected(), is.touchesProtected(), text);
      assertEquals(should.facts().policyWords(), is.facts().policyWords(), text);
      assertEquals(should.facts().where(), is.facts().where(), text);
      assertEquals(should.facts().stringConstants(), is.facts().stringConstants(), text);
      assertEquals(should.facts().identifiers(), is.facts().identifiers(), text);
      tried++;
      if (!seen.add(is.lineage())) {
        shared++;
      }
    }
  }

  @Test
  void literalChange_whereDataStands_takesTheAnalysisOver() throws Exception {
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      assertShared(
          planned,
          "SELECT ssn FROM customers WHERE id = 5 AND name LIKE 'a%' LIMIT 3",
          "SELECT ssn FROM customers  WHERE id = 77 AND name LIKE 'b' /* x */ LIMIT 9");
      assertShared(
          planned,
          "SELECT ssn FROM customers WHERE id=5 AND name>='a''b' AND id<-7 LIMIT 3",
          "SELECT ssn FROM customers WHERE id=1234567 AND name>='' AND id<-99999999 LIMIT 3");
      assertShared(
          planned,
          "INSERT INTO notes (id, body) VALUES (1, 'a')",
          "INSERT INTO notes (id, body) VALUES (2, E'b')");
      assertShared(
          planned,
          "SELECT date_trunc('day', placed) FROM orders WHERE id IN (1, 2)",
          "SELECT date_trunc('day', placed) FROM orders WHERE id IN (5, 6)");
    }
  }

  private static void assertShared(PlannedDatabase planned, String first, String second) {
    TextPlan before = planned.plan(first);
    TextPlan after = planned.plan(second);
    assertSame(before.parts().get(0).lineage(), after.parts().get(0).lineage(), second);
    assertEquals(second, after.text());
    assertEquals(second, after.parts().get(0).text());
  }

  @Test
  void literalChange_whereItMatters_isAnalysedAgain() throws Exception {
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      assertNotShared(
          planned,
          "SELECT ssn, id FROM customers ORDER BY 2",
          "SELECT ssn, id FROM customers ORDER BY 1");
      assertNotShared(
          planned,
          "UPDATE notes SET body = 'x' WHERE id = 5 OR 1 = 2",
          "UPDATE notes SET body = 'x' WHERE id = 5 OR 1 = 1");
      assertNotShared(
          planned,
          "SELECT id FROM orders LIMIT 5 FOR UPDATE",
          "SELECT id FROM orders LIMIT 5000 FOR UPDATE");
      assertNotShared(
          planned,
          "SELECT id FROM orders LIMIT 5 FOR UPDATE",
          "SELECT id FROM orders LIMIT 500000 FOR UPDATE");
      assertNotShared(
          planned,
          "DELETE FROM notes WHERE id = 5 AND 1 = 2 OR id = 6",
          "DELETE FROM notes WHERE id = 5 AND 1 = 2 OR 1 = 1");
      assertNotShared(
          planned,
          "DELETE FROM notes WHERE id = 5 OR id <> 6",
          "DELETE FROM notes WHERE id = 6 OR id <> 6");
      assertNotShared(
          planned,
          "SELECT repeat('x', (SELECT v FROM (VALUES (3)) t(v)))",
          "SELECT repeat('x', (SELECT v FROM (VALUES (300000000)) t(v)))");
      assertNotShared(
          planned,
          "SELECT set_config(name, 'x', false) FROM pg_settings WHERE name = 'application_name'",
          "SELECT set_config(name, 'x', false) FROM pg_settings WHERE name = 'search_path'");
      assertNotShared(
          planned,
          "SELECT 1 WHERE 'notes' = 'a'::regclass",
          "SELECT 1 WHERE 'notes' = 'b'::regclass");
    }
  }

  private static void assertNotShared(PlannedDatabase planned, String first, String second) {
    assertNotSame(
        planned.plan(first).parts().get(0).lineage(),
        planned.plan(second).parts().get(0).lineage());
  }

  @Test
  void samePlan_fromEqualPerspectives_isOne() throws Exception {
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      TextPlan first = planned.plan("SELECT ssn FROM customers");
      assertSame(first, planned.plan(new String("SELECT ssn FROM customers")));
      TextPlan clear =
          planned.plan(
              "SELECT ssn FROM customers", planned.withPolicy("version: 1\notherwise: allow\n"));
      assertNotSame(first, clear);
      assertTrue(clear.parts().get(0).treatments().get(0).clean());
      assertTrue(!first.parts().get(0).treatments().get(0).clean());
    }
  }
}
