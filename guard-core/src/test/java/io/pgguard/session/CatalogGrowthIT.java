package io.pgguard.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.testkit.Cost;
import io.pgguard.testkit.SteppedClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * A catalog that is four times as large makes at most four times the work for a text: what is
 * worked out once for it included. Steps and bytes are counted.
 */
class CatalogGrowthIT {
  private static final String BASE =
      "CREATE TABLE customers (id int PRIMARY KEY, name text, ssn text);\n";
  private static final String JOIN =
      "SELECT c.name, c.ssn, count(*) FROM customers c JOIN customers d ON d.id = c.id GROUP BY 1, 2";

  /**
   * What grows.
   *
   * @param few how many of it are few
   * @param made the script for so many
   * @param text what is planned over so many
   */
  private record Growing(
      String name, int few, IntFunction<String> made, IntFunction<String> text) {}

  private static final List<Growing> GROWING =
      List.of(
          new Growing(
              "tables",
              100,
              n -> BASE + each(n, "CREATE TABLE t| (id int PRIMARY KEY, ssn text, other int);"),
              n -> JOIN),
          new Growing(
              "views",
              50,
              n -> BASE + each(n, "CREATE VIEW v| AS SELECT id, name, ssn FROM customers;"),
              n -> JOIN),
          new Growing(
              "views over views",
              12,
              n ->
                  BASE
                      + "CREATE VIEW v0 AS SELECT * FROM customers;\n"
                      + each(n, "CREATE VIEW v+ AS SELECT id, name, ssn FROM v|;"),
              n -> "SELECT name, ssn FROM v" + n + " WHERE id = 5"),
          new Growing(
              "views over two views",
              5,
              n ->
                  BASE
                      + "CREATE VIEW v0 AS SELECT * FROM customers;\n"
                      + "CREATE VIEW v1 AS SELECT * FROM v0;\n"
                      + steps(
                          n,
                          "CREATE VIEW v^ AS SELECT a.id, b.name, a.ssn FROM v- a JOIN v| b USING (id);"),
              n -> "SELECT name, ssn FROM v" + (n + 1) + " WHERE id = 5"),
          new Growing(
              "columns",
              50,
              n -> "CREATE TABLE customers (id int" + each(n, ", c| text") + ", ssn text);",
              n -> "SELECT * FROM customers"),
          new Growing(
              "children",
              50,
              n -> BASE + each(n, "CREATE TABLE t| () INHERITS (customers);"),
              n -> "SELECT * FROM customers WHERE id = 5"),
          new Growing(
              "functions",
              200,
              n -> BASE + each(n, "CREATE FUNCTION f|(int) RETURNS int LANGUAGE sql RETURN 1;"),
              n -> JOIN),
          new Growing(
              "overloaded functions",
              20,
              n ->
                  BASE
                      + each(
                          n,
                          "CREATE DOMAIN d| AS int; CREATE FUNCTION f(d|) RETURNS int LANGUAGE sql RETURN 1;"),
              n -> "SELECT f(1::d0), ssn FROM customers"),
          new Growing(
              "foreign keys",
              25,
              n ->
                  BASE
                      + each(
                          n,
                          "CREATE TABLE t| (id int REFERENCES customers ON DELETE CASCADE, ssn text);"),
              n -> "UPDATE customers SET name = 'x' WHERE id = 5"));

  private static String each(int n, String part) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < n; i++) {
      all.append(part.replace("|", Integer.toString(i)).replace("+", Integer.toString(i + 1)));
    }
    return all.toString();
  }

  /** As {@link #each}, from 1 on, with the number before and the one behind. */
  private static String steps(int n, String part) {
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= n; i++) {
      all.append(
          part.replace("|", Integer.toString(i))
              .replace("-", Integer.toString(i - 1))
              .replace("^", Integer.toString(i + 1)));
    }
    return all.toString();
  }

  @Test
  void aTextOverALargerCatalog_makesNoMoreThanAsMuchMoreWork() throws Exception {
    @SuppressWarnings("unchecked")
    BiConsumer<String, String> plans = SteppedClasses.make(BiConsumer.class, SteppedCatalog.class);
    List<String> worse = new ArrayList<>();
    for (Growing growing : GROWING) {
      Cost few = cost(plans, growing, growing.few());
      Cost many = cost(plans, growing, 4 * growing.few());
      if (!many.isAlong(few)) {
        worse.add(growing.name() + ": " + many.against(few));
      }
    }
    ((AutoCloseable) plans).close();
    assertEquals("", String.join("\n", worse));
  }

  private static Cost cost(BiConsumer<String, String> plans, Growing growing, int count) {
    plans.accept(growing.made().apply(count), "");
    String text = growing.text().apply(count);
    plans.accept("", text); // loads what is needed
    return Cost.of(() -> plans.accept("", text));
  }
}
