package io.pgguard.examples;

import java.util.List;

/** What the demo's agent asks, and what must come of it. */
final class DemoSteps {
  static final String REDACTED = "[redacted]";

  private DemoSteps() {}

  /** Reads: masked in whatever form a query brings a value back. */
  static List<Step> reads() {
    return List.of(
        Step.rows(
            "SELECT * shows masked columns",
            "SELECT * FROM customers ORDER BY id",
            "1",
            "Blaise Costa",
            "*******0001",
            "c***@mail.example",
            "Porto",
            "business"),
        Step.rows(
            "The same column under another name",
            "SELECT id, ssn AS city FROM customers ORDER BY id",
            "1",
            "*******0001"),
        Step.rows(
            "Through a CTE",
            "WITH people AS (SELECT id, ssn AS tax FROM customers) SELECT tax FROM people ORDER BY id",
            "*******0001"),
        Step.rows(
            "Through a view",
            "SELECT contact, reach_at FROM customer_contacts ORDER BY id",
            "Blaise Costa",
            "c***@mail.example"),
        Step.rows("Through upper()", "SELECT upper(email) FROM customers ORDER BY id", REDACTED),
        Step.rows("Through ||", "SELECT 'ssn: ' || ssn FROM customers ORDER BY id", REDACTED),
        Step.rows(
            "Through a UNION",
            "SELECT 'x' AS v UNION ALL (SELECT ssn FROM customers ORDER BY id LIMIT 2)",
            "*"),
        Step.rows(
            "Card numbers keep six and four digits",
            "SELECT id, pan FROM cards ORDER BY id",
            "1",
            "400000******7919"),
        Step.rows(
            "Numbers keep their type: a masked salary is NULL",
            "SELECT name, salary FROM employees ORDER BY id",
            "Employee 1",
            "null"),
        Step.rows(
            "An aggregate over protected rows carries no value and passes",
            "SELECT city, count(*) FROM customers GROUP BY city ORDER BY city",
            "Oslo",
            "400"),
        Step.rows(
            "A join on unmasked columns passes untouched",
            "SELECT c.city, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id"
                + " GROUP BY c.city ORDER BY c.city",
            "Oslo",
            "463870.00"));
  }

  /** Statements that the policy refuses. */
  static List<Step> refusals() {
    return List.of(
        Step.refused("DROP TABLE", "DROP TABLE orders", "no-drop"),
        Step.refused("DELETE without WHERE", "DELETE FROM orders", "unbounded"),
        Step.refused("A WHERE that is always true", "DELETE FROM orders WHERE 1 = 1", "unbounded"),
        Step.refused("Hidden behind a SELECT", "SELECT 1; DROP TABLE orders", "no-drop"),
        Step.refused(
            "Guessing a value by its letters",
            "SELECT id FROM customers WHERE ssn LIKE '900-%'",
            "guard.inference"));
  }
}
