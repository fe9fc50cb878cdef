package io.pgguard.session;

import java.util.function.BiConsumer;

/** Texts made to take long: flat, chained, and nested. Used by one thread. */
final class NastyTexts {

  private final BiConsumer<String, String> texts;
  private final int part;
  private final int megabyte;

  private NastyTexts(int part, BiConsumer<String, String> texts) {
    this.texts = texts;
    this.part = part;
    this.megabyte = 1_000_000 / part;
  }

  /**
   * Gives each text, one at a time, after what it is made of.
   *
   * @param part 1 for the longest, 2 for those half as long, and so on
   */
  static void each(int part, BiConsumer<String, String> texts) {
    NastyTexts nasty = new NastyTexts(part, texts);
    nasty.flat();
    nasty.chained();
    nasty.nested();
  }

  private static String times(String part, int length) {
    return part.repeat(length / part.length());
  }

  private static String joined(String part, String between, int count) {
    return (part + between).repeat(count - 1) + part;
  }

  private void flat() {
    texts.accept("operators", "SELECT 1 " + times("+", megabyte));
    texts.accept("operators apart", "SELECT 1 " + times("+ ", megabyte) + "1");
    texts.accept("sums", "SELECT id " + times("+ id ", megabyte) + " FROM customers");
    texts.accept(
        "sums of protected", "SELECT ssn " + times("|| ssn ", megabyte) + " FROM customers");
    texts.accept("commas", "SELECT " + times(",", megabyte));
    texts.accept("columns", "SELECT id" + times(", ssn", megabyte) + " FROM customers");
    texts.accept("stars", "SELECT *" + times(", *", 20_000 / part) + " FROM customers");
    texts.accept("comments", "SELECT 1 " + times("/* x */ -- y\n", megabyte));
    texts.accept(
        "nested comments", "SELECT 1 " + times("/*", megabyte / 2) + times("*/", megabyte / 2));
    texts.accept("semicolons", "SELECT 1" + times(";", megabyte));
    texts.accept("statements", times("SELECT ssn FROM customers;", megabyte / 4));
    texts.accept("dots", "SELECT a" + times(".a", megabyte));
    texts.accept("words", "SELECT " + times("a ", megabyte));
    texts.accept("quotes", "SELECT '" + times("''", megabyte) + "'");
    texts.accept("dollars", "SELECT " + times("$a$ $a$ ", megabyte));
    texts.accept(
        "conditions", "SELECT 1 FROM customers WHERE id = 1 " + times("OR id = 1 ", megabyte));
    texts.accept(
        "mixed", "DELETE FROM notes WHERE id = 1 " + times("OR id = 1 AND id = 2 ", megabyte));
    texts.accept(
        "in list", "SELECT ssn FROM customers WHERE id IN (1" + times(", 22", megabyte) + ")");
    texts.accept("wide values", "INSERT INTO notes VALUES (1" + times(", 22", megabyte) + ")");
    texts.accept(
        "long values", "INSERT INTO notes VALUES (1, 'x')" + times(", (1, 'x')", megabyte));
    texts.accept(
        "when", "SELECT CASE " + times("WHEN id = 1 THEN ssn ", megabyte) + "END FROM customers");
    texts.accept("froms", "SELECT 1 FROM customers" + times(", customers", megabyte));
    texts.accept(
        "aliased froms", numbered("SELECT 1 FROM customers a", ", customers a%d", 20_000 / part));
    texts.accept(
        "star of froms", numbered("SELECT * FROM customers a", ", customers a%d", 3_000 / part));
    texts.accept("unions", joined("SELECT id, ssn FROM customers", " UNION ", 5_000 / part));
    texts.accept(
        "union all", joined("SELECT id, ssn FROM customers", " UNION ALL ", 20_000 / part));
    texts.accept("group by", "SELECT 1 FROM customers GROUP BY 1" + times(", id", megabyte));
    texts.accept("order by", "SELECT id FROM customers ORDER BY 1" + times(", 1", megabyte));
    texts.accept(
        "sets", "UPDATE notes SET body = 'x'" + times(", body = 'x'", megabyte) + " WHERE id = 1");
    texts.accept(
        "arguments", "SELECT format(name" + times(", name", megabyte) + ") FROM customers");
    texts.accept(
        "begin atomic",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC " + times("SELECT 1;", megabyte));
  }

  private void chained() {
    int many = 2_000 / part;
    texts.accept(
        "ctes",
        numbered("WITH c AS (SELECT * FROM customers)", ", c%d AS (SELECT * FROM customers)", many)
            + " SELECT * FROM c1");
    texts.accept("chain of ctes", chain(many));
    texts.accept("doubling ctes", doubling(60));
    texts.accept("doubling columns", doublingColumns(40));
    texts.accept("doubling subqueries", doublingSubqueries(12));
    texts.accept(
        "joins",
        numbered("SELECT 1 FROM customers a", " JOIN customers a%d ON true", 5_000 / part));
    texts.accept(
        "natural joins",
        "SELECT * FROM customers a" + " NATURAL JOIN customers".repeat(400 / part));
    texts.accept(
        "using joins",
        numbered("SELECT * FROM customers a", " JOIN customers a%d USING (id)", 400 / part));
    texts.accept(
        "laterals",
        numbered("SELECT 1 FROM customers a", ", LATERAL (SELECT a.ssn) a%d", 3_000 / part));
    texts.accept(
        "names in many froms",
        "SELECT id"
            + times("|| id", megabyte / 2)
            + numbered(" FROM customers a", ",notes a%d", 30_000 / part));
    texts.accept(
        "names among many outputs",
        numbered("SELECT id a", ", id a%d", 1_600 / part)
            + " FROM customers ORDER BY a"
            + times(", b", megabyte));
    texts.accept(
        "sixteen megabytes",
        "SELECT ssn FROM customers WHERE id = 1" + times(" OR id = 1 AND id = 2", 15 * megabyte));
    texts.accept(
        "sixteen megabytes of delete",
        "DELETE FROM notes WHERE id = 1" + times(" OR id = 1 AND id = 2", 15 * megabyte));
    texts.accept(
        "sixteen megabytes of values",
        "INSERT INTO notes VALUES (1, 'x')" + times(", (1, 'x')", 15 * megabyte));
    texts.accept(
        "exists",
        "SELECT 1 FROM customers c WHERE true"
            + " AND EXISTS (SELECT 1 FROM orders o WHERE o.id = c.id)".repeat(10_000 / part));
    texts.accept(
        "windows",
        numbered(
            "SELECT 1 FROM customers WINDOW w0 AS (ORDER BY id)", ", w%d AS (w0)", 10_000 / part));
  }

  private void nested() {
    for (int deep : new int[] {10, 100, 100_000 / part}) {
      String name = deep > 1_000 / part + 100 ? "very" : String.valueOf(deep);
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
        texts.accept(
            name + " deep " + form[0] + form[2],
            "SELECT " + form[0].repeat(deep) + form[1] + form[2].repeat(deep) + " FROM customers");
      }
      texts.accept(
          name + " from",
          "SELECT * FROM " + "(SELECT * FROM ".repeat(deep) + "customers" + ") x".repeat(deep));
      texts.accept(
          name + " with",
          "WITH a AS (".repeat(deep)
              + "SELECT ssn FROM customers"
              + ") SELECT * FROM a".repeat(deep));
      texts.accept(name + " sets", "(".repeat(deep) + "SELECT 1" + " UNION SELECT 1)".repeat(deep));
      texts.accept(
          name + " joins",
          "SELECT 1 FROM " + "(".repeat(deep) + "customers a" + " CROSS JOIN orders)".repeat(deep));
      texts.accept(
          name + " where",
          "DELETE FROM notes WHERE " + "(NOT ".repeat(deep) + "true" + ")".repeat(deep));
      texts.accept(
          name + " or",
          "DELETE FROM notes WHERE "
              + "(id = 1 OR (id = 2 AND ".repeat(deep)
              + "true"
              + "))".repeat(deep));
      texts.accept(name + " explain", "EXPLAIN ".repeat(deep) + "SELECT 1");
      texts.accept(name + " prepare", "PREPARE a AS ".repeat(deep) + "SELECT 1");
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
}
