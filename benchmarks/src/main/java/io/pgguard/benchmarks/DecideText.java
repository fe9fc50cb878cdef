package io.pgguard.benchmarks;

/**
 * A statement that is decided on beside another build: {@code ^} is a label, {@code |} a literal.
 */
enum DecideText {
  POINT("SELECT id, name, email AS mail^ FROM customers WHERE id = |"),
  THREE(
      "SELECT c.city AS place^, count(*) AS orders, sum(o.total) AS spent, max(s.amount) AS most"
          + " FROM customers c JOIN orders o ON o.customer_id = c.id"
          + " JOIN stock7 s ON s.customer_id = c.id WHERE o.total > | GROUP BY c.city"
          + " HAVING count(*) > 1 ORDER BY spent DESC"),
  JOIN(
      "SELECT c.name AS who^, count(o.id) AS orders, sum(o.total) AS spent FROM customers c"
          + " LEFT JOIN orders o ON o.customer_id = c.id AND o.status IN ('a', 'b')"
          + " WHERE c.city = 'Oslo' AND o.total > | GROUP BY c.id, c.name HAVING count(*) > 1"
          + " ORDER BY orders DESC NULLS LAST LIMIT 5"),
  INSERT(
      "INSERT INTO orders AS o^ (id, customer_id, total, created, status)"
          + " VALUES (|, 5, 19.90, now(), 'open')"),
  UPDATE("UPDATE orders AS o^ SET status = 'paid', total = total + 1 WHERE id = |"),
  CTE(
      "WITH m AS (SELECT date_trunc('month', o.created) AS month, o.customer_id,"
          + " sum(o.total) AS total FROM orders o GROUP BY 1, 2), r AS (SELECT m.*,"
          + " rank() OVER (PARTITION BY month ORDER BY total DESC) AS place FROM m)"
          + " SELECT r.month, c.name AS who^, r.total FROM r JOIN customers c"
          + " ON c.id = r.customer_id WHERE r.place <= | ORDER BY r.month, r.place");

  /** How a round's texts differ. */
  enum Kind {
    /** Not at all: copies of one text. */
    KNOWN,
    /** In a literal. */
    LITERAL,
    /** In a label, which no text had before. */
    NEW
  }

  private final String pattern;

  DecideText(String pattern) {
    this.pattern = pattern;
  }

  /** The text with this label and literal; a new object each time. */
  String with(String label, String literal) {
    return pattern.replace("^", label).replace("|", literal);
  }
}
