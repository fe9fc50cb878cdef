package io.pgguard.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import io.pgguard.testkit.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Long statements are read quickly; deep ones are refused without exhausting a small stack. */
class SyntaxLimitsTest {
  private static final int SMALL_STACK = 512 * 1024;
  private static final int MANY = 50_000;

  @Test
  void longFlatStatements_parse() throws Exception {
    for (String sql :
        List.of(
            "SELECT * FROM t WHERE a IN (" + repeat("1", ", ", MANY) + ")",
            "SELECT " + repeat("1", " + ", MANY),
            "SELECT " + repeat("a", " || ", MANY),
            "SELECT 1 WHERE " + repeat("a = 1", " AND ", MANY),
            "SELECT 1 WHERE " + repeat("a = 1", " OR ", MANY),
            "INSERT INTO t VALUES " + repeat("(1, 'x')", ", ", MANY),
            "SELECT ARRAY[" + repeat("1", ",", MANY) + "]",
            repeat("SELECT 1", " UNION ALL ", MANY),
            repeat("SELECT 1", " UNION ", MANY),
            "SELECT f(" + repeat("x", ",", MANY) + ")")) {
      assertInstanceOf(ParseResult.Parsed.class, onSmallStack(sql), sql.substring(0, 60));
    }
  }

  @Test
  void deepStatements_areRefused() throws Exception {
    int deep = 10_000;
    for (String sql :
        List.of(
            "SELECT " + "(".repeat(deep) + "1" + ")".repeat(deep),
            "SELECT " + "(".repeat(deep),
            "(".repeat(deep) + "SELECT 1" + ")".repeat(deep),
            "SELECT " + "f(".repeat(deep) + "1" + ")".repeat(deep),
            "SELECT " + "NOT ".repeat(deep) + "a",
            "SELECT " + "- ".repeat(deep) + "a",
            "SELECT " + "@ ".repeat(deep) + "a",
            "SELECT " + "ARRAY[".repeat(deep) + "1" + "]".repeat(deep),
            "SELECT ARRAY" + "[".repeat(deep) + "1" + "]".repeat(deep),
            "SELECT " + "CASE WHEN ".repeat(deep) + "1",
            "SELECT " + "(SELECT ".repeat(deep) + "1" + ")".repeat(deep),
            "SELECT * FROM " + "(SELECT * FROM ".repeat(deep) + "t" + ")".repeat(deep),
            "SELECT * FROM " + "(".repeat(deep) + "t" + ")".repeat(deep),
            "SELECT * FROM " + repeat("t", " JOIN ", deep),
            "SELECT * FROM " + repeat("t", " CROSS JOIN ", deep),
            "WITH a AS (".repeat(deep) + "SELECT 1" + ")".repeat(deep),
            "SELECT 1 GROUP BY " + "GROUPING SETS (".repeat(deep) + "a" + ")".repeat(deep),
            "SELECT " + repeat("a", " - a + ", deep),
            "SELECT a" + "::int".repeat(deep),
            "SELECT a" + "[1]".repeat(deep),
            "SELECT (a)" + ".b".repeat(deep),
            "SELECT a" + " IS NULL".repeat(deep),
            "SELECT a" + " COLLATE x".repeat(deep),
            "SELECT " + "a BETWEEN ".repeat(deep) + "1",
            repeat("SELECT 1", " UNION SELECT 2 EXCEPT ", deep),
            "SELECT " + "json_query(".repeat(deep),
            "SELECT " + "xmlelement(name a, ".repeat(deep),
            "SELECT " + "a IN (1, ".repeat(deep),
            "SELECT " + "a::t(".repeat(deep),
            "SELECT " + "a[".repeat(deep),
            "SELECT " + "sum(a) OVER (ORDER BY ".repeat(deep),
            "SELECT * FROM " + "ROWS FROM (f(".repeat(deep),
            "SELECT " + "a = ANY (".repeat(deep) + "1",
            "EXPLAIN ".repeat(deep) + "SELECT 1")) {
      ParseResult.NotParsed refused =
          assertInstanceOf(ParseResult.NotParsed.class, onSmallStack(sql), sql.substring(0, 60));
      assertFalse(refused.reason().contains("stack"), sql.substring(0, 60));
    }
  }

  @Test
  void nestingThatPeopleWrite_parses() throws Exception {
    for (String sql :
        List.of(
            "SELECT " + "(".repeat(120) + "1" + ")".repeat(120),
            "SELECT " + "coalesce(a, ".repeat(100) + "1" + ")".repeat(100),
            "SELECT " + "(1 + ".repeat(80) + "1" + ")".repeat(80),
            "SELECT " + "(SELECT ".repeat(60) + "1" + ")".repeat(60),
            "SELECT * FROM " + repeat("t", " NATURAL JOIN ", 400),
            "SELECT " + repeat("a", " - a + ", 200))) {
      assertInstanceOf(ParseResult.Parsed.class, onSmallStack(sql), sql.substring(0, 60));
    }
  }

  @Test
  void everyTree_isBoundedInDepth() throws Exception {
    for (int depth = 100; depth < 1_500; depth += 100) {
      for (String sql :
          List.of(
              "SELECT " + "f(".repeat(depth) + "1" + ")".repeat(depth),
              "SELECT " + repeat("a", " - a + ", depth),
              "SELECT " + "(SELECT ".repeat(depth) + "1" + ")".repeat(depth),
              "SELECT " + "(1 - 2 + 3 - 4 + ".repeat(depth) + "1" + ")".repeat(depth))) {
        if (onSmallStack(sql) instanceof ParseResult.Parsed parsed) {
          int[] nodes = new int[1];
          parsed.statement().walk(node -> nodes[0]++);
          assertTrue(nodes[0] > depth);
          assertTrue(depthOf(parsed.statement()) <= SyntaxParser.MAX_TREE_DEPTH);
        }
      }
    }
  }

  private static int depthOf(io.pgguard.internal.syntax.tree.Node node) {
    int[] deepest = new int[1];
    node.children(child -> deepest[0] = Math.max(deepest[0], depthOf(child)));
    return deepest[0] + 1;
  }

  @Test
  void anyCutOfStatement_endsInValue() throws LexicalException {
    String sql =
        "WITH a AS (SELECT b.*, count(*) OVER (PARTITION BY c ORDER BY d) FROM e) INSERT INTO f"
            + " (g) SELECT CASE WHEN h IS DISTINCT FROM i THEN j::int[] ELSE k[1:2] END FROM l"
            + " LEFT JOIN LATERAL m(n => 1) o ON p BETWEEN q AND r AND s NOT IN (SELECT 1)"
            + " ON CONFLICT (t) DO UPDATE SET (u, v) = (1, 2) RETURNING WITH (OLD AS w) w.*";
    Tokens tokens = Lexer.lex(sql);
    assertInstanceOf(ParseResult.Parsed.class, SyntaxParser.parse(tokens));
    for (int from = 0; from <= tokens.size(); from++) {
      for (int to = from; to <= tokens.size(); to++) {
        SyntaxParser.parse(tokens, from, to);
      }
    }
  }

  @Test
  void longerStatement_allocatesAsMuchMore() throws LexicalException {
    Tokens few = literals(MANY / 4);
    Tokens many = literals(MANY);
    SyntaxParser.parse(few);
    Cost quarter = Cost.of(() -> SyntaxParser.parse(few));
    Cost whole = Cost.of(() -> SyntaxParser.parse(many));
    Assertions.assertTrue(whole.isAlong(quarter), whole.against(quarter));
  }

  private static Tokens literals(int count) throws LexicalException {
    String list = repeat("'0123456789abcde'", ", ", count);
    return Lexer.lex("SELECT * FROM t WHERE a IN (" + list + ")");
  }

  private static String repeat(String item, String separator, int count) {
    List<String> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item);
    }
    return String.join(separator, items);
  }

  private static ParseResult onSmallStack(String sql) throws Exception {
    Tokens tokens = Lexer.lex(sql);
    AtomicReference<ParseResult> result = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(null, () -> result.set(SyntaxParser.parse(tokens)), "small", SMALL_STACK);
    thread.setUncaughtExceptionHandler((where, thrown) -> failure.set(thrown));
    thread.start();
    thread.join();
    assertEquals(null, failure.get(), () -> sql.substring(0, Math.min(60, sql.length())));
    assertFalse(result.get() == null);
    return result.get();
  }
}
