package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No text takes long to plan, and none exhausts the stack, on a thread whose stack is small. The
 * goal is one second; the bound leaves room for slow machines.
 */
@Timeout(300)
class NastyTextsIT {
  private static final int SMALL_STACK = 512 * 1024;
  private static final int MEGABYTE = 1_000_000;
  private static final long BOUND_MILLIS = 5_000;

  private final Map<String, String> texts = new LinkedHashMap<>();

  private static String times(String part, int length) {
    return part.repeat(length / part.length());
  }

  private static String joined(String part, String between, int count) {
    return (part + between).repeat(count - 1) + part;
  }

  private void flat() {
    texts.put("operators", "SELECT 1 " + times("+", MEGABYTE));
    texts.put("operators apart", "SELECT 1 " + times("+ ", MEGABYTE) + "1");
    texts.put("sums", "SELECT id " + times("+ id ", MEGABYTE) + " FROM customers");
    texts.put("sums of protected", "SELECT ssn " + times("|| ssn ", MEGABYTE) + " FROM customers");
    texts.put("commas", "SELECT " + times(",", MEGABYTE));
    texts.put("columns", "SELECT id" + times(", ssn", MEGABYTE) + " FROM customers");
    texts.put("stars", "SELECT *" + times(", *", 20_000) + " FROM customers");
    texts.put("comments", "SELECT 1 " + times("/* x */ -- y\n", MEGABYTE));
    texts.put(
        "nested comments", "SELECT 1 " + times("/*", MEGABYTE / 2) + times("*/", MEGABYTE / 2));
    texts.put("semicolons", "SELECT 1" + times(";", MEGABYTE));
    texts.put("statements", times("SELECT ssn FROM customers;", MEGABYTE / 4));
    texts.put("dots", "SELECT a" + times(".a", MEGABYTE));
    texts.put("words", "SELECT " + times("a ", MEGABYTE));
    texts.put("quotes", "SELECT '" + times("''", MEGABYTE) + "'");
    texts.put("dollars", "SELECT " + times("$a$ ", MEGABYTE));
    texts.put(
        "conditions", "SELECT 1 FROM customers WHERE id = 1 " + times("OR id = 1 ", MEGABYTE));
    texts.put(
        "mixed", "DELETE FROM notes WHERE id = 1 " + times("OR id = 1 AND id = 2 ", MEGABYTE));
    texts.put(
        "in list", "SELECT ssn FROM customers WHERE id IN (1" + times(", 22", MEGABYTE) + ")");
    texts.put("wide values", "INSERT INTO notes VALUES (1" + times(", 22", MEGABYTE) + ")");
    texts.put("long values", "INSERT INTO notes VALUES (1, 'x')" + times(", (1, 'x')", MEGABYTE));
    texts.put(
        "when", "SELECT CASE " + times("WHEN id = 1 THEN ssn ", MEGABYTE) + "END FROM customers");
    texts.put("froms", "SELECT 1 FROM customers" + times(", customers", MEGABYTE));
    texts.put("aliased froms", numbered("SELECT 1 FROM customers a", ", customers a%d", 20_000));
    texts.put("star of froms", numbered("SELECT * FROM customers a", ", customers a%d", 3_000));
    texts.put("unions", joined("SELECT id, ssn FROM customers", " UNION ", 5_000));
    texts.put("union all", joined("SELECT id, ssn FROM customers", " UNION ALL ", 20_000));
    texts.put("group by", "SELECT 1 FROM customers GROUP BY 1" + times(", id", MEGABYTE));
    texts.put("order by", "SELECT id FROM customers ORDER BY 1" + times(", 1", MEGABYTE));
    texts.put(
        "sets", "UPDATE notes SET body = 'x'" + times(", body = 'x'", MEGABYTE) + " WHERE id = 1");
    texts.put("arguments", "SELECT format(name" + times(", name", MEGABYTE) + ") FROM customers");
    texts.put(
        "begin atomic",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC " + times("SELECT 1;", MEGABYTE));
  }

  private void chained() {
    int many = 2_000;
    texts.put(
        "ctes",
        numbered("WITH c AS (SELECT * FROM customers)", ", c%d AS (SELECT * FROM customers)", many)
            + " SELECT * FROM c1");
    texts.put("chain of ctes", chain(many));
    texts.put("doubling ctes", doubling(60));
    texts.put("doubling columns", doublingColumns(40));
    texts.put("doubling subqueries", doublingSubqueries(12));
    texts.put("joins", numbered("SELECT 1 FROM customers a", " JOIN customers a%d ON true", 5_000));
    texts.put("natural joins", "SELECT * FROM customers a" + " NATURAL JOIN customers".repeat(400));
    texts.put(
        "using joins",
        numbered("SELECT * FROM customers a", " JOIN customers a%d USING (id)", 400));
    texts.put(
        "laterals", numbered("SELECT 1 FROM customers a", ", LATERAL (SELECT a.ssn) a%d", 3_000));
    texts.put(
        "names in many froms",
        "SELECT id"
            + times("|| id", MEGABYTE / 2)
            + numbered(" FROM customers a", ",notes a%d", 30_000));
    texts.put(
        "names among many outputs",
        numbered("SELECT id a", ", id a%d", 1_600)
            + " FROM customers ORDER BY a"
            + times(", b", MEGABYTE));
    texts.put(
        "sixteen megabytes",
        "SELECT ssn FROM customers WHERE id = 1" + times(" OR id = 1 AND id = 2", 15 * MEGABYTE));
    texts.put(
        "sixteen megabytes of delete",
        "DELETE FROM notes WHERE id = 1" + times(" OR id = 1 AND id = 2", 15 * MEGABYTE));
    texts.put(
        "sixteen megabytes of values",
        "INSERT INTO notes VALUES (1, 'x')" + times(", (1, 'x')", 15 * MEGABYTE));
    texts.put(
        "exists",
        "SELECT 1 FROM customers c WHERE true"
            + " AND EXISTS (SELECT 1 FROM orders o WHERE o.id = c.id)".repeat(10_000));
    texts.put(
        "windows",
        numbered("SELECT 1 FROM customers WINDOW w0 AS (ORDER BY id)", ", w%d AS (w0)", 10_000));
  }

  private void nested() {
    for (int deep : new int[] {10, 100, 100_000}) {
      for (String[] form :
          new String[][] {
            {"(", "1", ")"},
            {"array[", "1", "]"},
            {"(select ", "1", ")"},
            {"(select ssn from customers where ssn = ", "'1'", ")"},
            {"(select id from customers where ", "1", " = 1)"},
            {"case when ", "true", " then 1 end"},
            {"case when true then ", "ssn", " end"},
            {"not ", "true", ""},
            {"- ", "1", ""},
            {"", "'1'", "::text"},
            {"lower(", "ssn", ")"},
            {"row(", "ssn", ")"},
            {"coalesce(1, ", "ssn", ")"},
            {"exists (select 1 where ", "true", ")"},
            {"1 in (select 1 where ", "true", ")"},
            {"(1 + ", "id", ")"},
            {"cast(", "1", " as text)"},
            {"", "ssn", " collate \"C\""},
            {"", "ssn", " is null"},
            {"", "name", "[1]"},
            {"1 = any (", "1", ")"}
          }) {
        texts.put(
            deep + " deep " + form[0] + form[2],
            "SELECT " + form[0].repeat(deep) + form[1] + form[2].repeat(deep) + " FROM customers");
      }
      texts.put(
          deep + " from",
          "SELECT * FROM " + "(SELECT * FROM ".repeat(deep) + "customers" + ") x".repeat(deep));
      texts.put(
          deep + " with",
          "WITH a AS (".repeat(deep)
              + "SELECT ssn FROM customers"
              + ") SELECT * FROM a".repeat(deep));
      texts.put(deep + " sets", "(".repeat(deep) + "SELECT 1" + " UNION SELECT 1)".repeat(deep));
      texts.put(
          deep + " joins",
          "SELECT 1 FROM " + "(".repeat(deep) + "customers a" + " CROSS JOIN orders)".repeat(deep));
      texts.put(
          deep + " where",
          "DELETE FROM notes WHERE " + "(NOT ".repeat(deep) + "true" + ")".repeat(deep));
      texts.put(
          deep + " or",
          "DELETE FROM notes WHERE "
              + "(id = 1 OR (id = 2 AND ".repeat(deep)
              + "true"
              + "))".repeat(deep));
      texts.put(deep + " explain", "EXPLAIN ".repeat(deep) + "SELECT 1");
      texts.put(deep + " prepare", "PREPARE a AS ".repeat(deep) + "SELECT 1");
    }
  }

  private static String numbered(String first, String next, int count) {
    StringBuilder text = new StringBuilder(first);
    for (int i = 1; i <= count; i++) {
      text.append(String.format(next, i));
    }
    return text.toString();
  }

  private static String chain(int count) {
    StringBuilder text = new StringBuilder("WITH c0 AS (SELECT * FROM customers)");
    for (int i = 1; i <= count; i++) {
      text.append(", c").append(i).append(" AS (SELECT * FROM c").append(i - 1).append(')');
    }
    return text.append(" SELECT * FROM c").append(count).toString();
  }

  private static String doubling(int count) {
    StringBuilder text = new StringBuilder("WITH c0 AS (SELECT ssn FROM customers)");
    for (int i = 1; i <= count; i++) {
      text.append(", c").append(i).append(" AS (SELECT a.* FROM c").append(i - 1);
      text.append(" a, c").append(i - 1).append(" b)");
    }
    return text.append(" SELECT * FROM c").append(count).toString();
  }

  private static String doublingColumns(int count) {
    StringBuilder text = new StringBuilder("WITH c0 AS (SELECT ssn FROM customers)");
    for (int i = 1; i <= count; i++) {
      text.append(", c").append(i).append(" AS (SELECT a.*, b.* FROM c").append(i - 1);
      text.append(" a, c").append(i - 1).append(" b)");
    }
    return text.append(" SELECT * FROM c").append(count).toString();
  }

  private static String doublingSubqueries(int deep) {
    String query = "SELECT ssn FROM customers";
    for (int i = 0; i < deep; i++) {
      query = "SELECT (" + query + ") || (" + query + ") FROM customers";
    }
    return query;
  }

  @Test
  void nastyText_isPlannedInBoundedTime() throws Exception {
    flat();
    chained();
    nested();
    List<String> slow = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (PlannedDatabase planned = PlannedDatabase.small()) {
      Thread thread = new Thread(null, () -> plan(planned, slow), "nasty", SMALL_STACK);
      thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
      thread.start();
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError("planning failed: " + at, failure.get());
    }
    assertTrue(slow.isEmpty(), "too slow: " + slow);
  }

  private volatile String at = "";

  private void plan(PlannedDatabase planned, List<String> slow) {
    texts.forEach(
        (name, text) -> {
          at = name;
          long before = System.nanoTime();
          TextPlan plan = planned.fresh(text);
          long millis = (System.nanoTime() - before) / 1_000_000;
          if (millis > 500) { // compilers and collectors had a part in that
            before = System.nanoTime();
            plan = planned.fresh(text);
            millis = Math.min(millis, (System.nanoTime() - before) / 1_000_000);
          }
          if (millis > 200) {
            String layer = plan.parts().isEmpty() ? "none" : plan.parts().get(0).layer();
            System.out.println("NastyTextsIT: " + millis + " ms: " + name + " (" + layer + ")");
          }
          if (millis > BOUND_MILLIS) {
            slow.add(name + " " + millis + " ms");
          }
        });
  }
}
