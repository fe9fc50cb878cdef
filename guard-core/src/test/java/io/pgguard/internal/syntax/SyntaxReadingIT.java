package io.pgguard.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions without parentheses are read as PostgreSQL reads them: it prints the
 * definition of a view with all parentheses, and that text has only one reading.
 */
class SyntaxReadingIT {
  private static final int TRIES = Integer.getInteger("guard.syntax.readings", 3_000);
  private static final String[] SUM = {
    "+", "-", "*", "/", "%", "&", "|", "#", "<<", ">>", "OPERATOR(pg_catalog.+)", "^", "-", "/"
  };
  private static final String[] COMPARE = {
    "=", "<", ">=", "<>", "IS DISTINCT FROM", "IS NOT DISTINCT FROM", "=", "<"
  };
  private static final String[] JOIN = {"AND", "OR"};
  private static final String[] SIGN = {"", "", "", "", "- ", "~ ", "@ ", "- ~ ", "@ - ", "+ "};
  private static final String[] NUMBERS = {"i", "j", "1", "k", "i::int8", "-2", "k::int2::int4"};
  private static final String[] TRUTHS = {
    "b",
    "c",
    "b IS NULL",
    "c IS NOT TRUE",
    "s || s LIKE s",
    "NOT b = c IS NULL",
    "b = NOT c",
    "s NOT LIKE s || s COLLATE \"C\" || s",
    "b ISNULL = c NOTNULL",
    "b < c IS TRUE"
  };

  @Test
  void randomExpressions_areReadAsPostgresReadsThem() throws SQLException {
    long seed = Long.getLong("guard.seed", System.nanoTime());
    System.out.println("SyntaxReadingIT seed " + seed);
    Random random = new Random(seed);
    List<String> differences = new ArrayList<>();
    int compared = 0;
    String database = TestPostgres.shared().createDatabase("reading");
    try (Connection connection = TestPostgres.shared().connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(i int, j int, k int, b bool, c bool, s text)");
      for (int i = 0; i < TRIES; i++) {
        String text = expression(random);
        String definition = definition(connection, text);
        if (definition.isEmpty()) {
          continue;
        }
        compared++;
        String ours = reading("SELECT " + text + " AS x FROM t");
        String theirs = reading(definition);
        if (!ours.equals(theirs)) {
          differences.add(text + "\n  " + ours + "\n  " + theirs + "\n  " + definition);
        }
      }
    }
    System.out.println("compared " + compared);
    differences.forEach(System.out::println);
    assertTrue(compared > TRIES / 100, "too few were valid: " + compared);
    assertEquals(List.of(), differences);
  }

  private static String expression(Random random) {
    StringBuilder text = new StringBuilder(truth(random));
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(' ').append(pick(JOIN, random)).append(' ').append(truth(random));
    }
    return random.nextInt(3) == 0 ? numbers(random) : text.toString();
  }

  private static String truth(Random random) {
    String not = random.nextInt(4) == 0 ? "NOT " : "";
    if (random.nextInt(4) == 0) {
      return not + pick(TRUTHS, random);
    }
    String test = random.nextInt(4) == 0 ? " IS NOT NULL" : "";
    return not + numbers(random) + " " + pick(COMPARE, random) + " " + numbers(random) + test;
  }

  private static String numbers(Random random) {
    StringBuilder text = new StringBuilder(pick(SIGN, random) + pick(NUMBERS, random));
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(' ').append(pick(SUM, random)).append(' ');
      text.append(pick(SIGN, random)).append(pick(NUMBERS, random));
    }
    return text.toString();
  }

  private static String pick(String[] from, Random random) {
    return from[random.nextInt(from.length)];
  }

  /** The definition that PostgreSQL prints; empty when it refuses the expression. */
  private static String definition(Connection connection, String expression) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP VIEW IF EXISTS v");
      try {
        statement.execute("CREATE VIEW v AS SELECT " + expression + " AS x FROM t");
      } catch (SQLException refused) {
        return ""; // most random expressions have the wrong types
      }
      try (ResultSet row = statement.executeQuery("SELECT pg_get_viewdef('v')")) {
        row.next();
        String text = row.getString(1);
        return text.substring(0, text.lastIndexOf(';'));
      }
    }
  }

  private static String reading(String sql) {
    ParseResult result = SyntaxCorpusTest.parse(sql);
    if (!(result instanceof ParseResult.Parsed parsed)
        || !(parsed.statement() instanceof Query query)
        || !(query.body() instanceof Select select)) {
      return result.toString();
    }
    Expression value = select.targets().get(0).value();
    return Parenthesized.of(value);
  }
}
