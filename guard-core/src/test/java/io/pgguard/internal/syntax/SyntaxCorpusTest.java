package io.pgguard.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads statements that Guard did not write, and compares the trees with PostgreSQL's own. */
class SyntaxCorpusTest {
  private static final Set<String> KINDS = Set.of("Select", "Insert", "Update", "Delete", "Merge");

  private static final Set<String> CARRIERS =
      Set.of("Explain", "Prepare", "Execute", "DeclareCursor", "Copy", "CreateTableAs", "View");
  private static final double SHARE_PARSED = 0.995;

  private static final Set<String> FIRST_WORDS =
      Set.of("select", "with", "values", "table", "insert", "update", "delete", "merge");

  private static List<CorpusStatement> corpus(String name) throws IOException {
    Optional<List<CorpusStatement>> statements = CorpusStatement.of(name);
    assumeTrue(statements.isPresent(), "skipped: no " + name + " in -Dguard.corpus");
    return statements.orElseThrow();
  }

  @Test
  void queriesAndChangesOfRegressionSuite_parseWithTheTrueNames() throws IOException {
    int total = 0;
    int parsed = 0;
    List<String> reasons = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (CorpusStatement statement : corpus("postgres-regress.jsonl.gz")) {
      if (!KINDS.contains(statement.kind())) {
        continue;
      }
      total++;
      ParseResult result = parse(statement.sql());
      if (result instanceof ParseResult.Parsed tree) {
        parsed++;
        compare(statement, TreeNames.of(tree.statement()), differences);
      } else if (result instanceof ParseResult.NotParsed not) {
        reasons.add(statement.id() + " " + not + "\n    " + statement.sql());
      }
    }
    boolean enough = parsed >= total * SHARE_PARSED;
    System.out.println(
        String.format(
            Locale.ROOT,
            "tree-backed %.2f %.2f %s",
            100.0 * parsed / total,
            100 * SHARE_PARSED,
            enough ? "pass" : "short"));
    reasons.forEach(System.out::println);
    assertTrue(enough, parsed + " of " + total);
    assertEquals(List.of(), differences);
  }

  private static void compare(
      CorpusStatement statement, TreeNames names, List<String> differences) {
    Set<String> tables = new HashSet<>(names.relations());
    Set<String> expected = new HashSet<>(statement.relations());
    tables.removeAll(statement.commonTables());
    expected.removeAll(statement.commonTables());
    difference(statement, "relations", expected, tables, differences);
    difference(statement, "functions", statement.functions(), names.functions(), differences);
    difference(statement, "ctes", statement.commonTables(), names.commonTables(), differences);
  }

  private static void difference(
      CorpusStatement statement,
      String what,
      Set<String> expected,
      Set<String> found,
      List<String> differences) {
    if (!expected.equals(found)) {
      differences.add(
          statement.id() + " " + what + " " + expected + " " + found + " " + statement.sql());
    }
  }

  @Test
  void carriersOfRegressionSuite_parse() throws IOException {
    int total = 0;
    int parsed = 0;
    for (CorpusStatement statement : corpus("postgres-regress.jsonl.gz")) {
      if (CARRIERS.contains(statement.kind())) {
        total++;
        ParseResult result = parse(statement.sql());
        parsed += result instanceof ParseResult.Parsed ? 1 : 0;
        if (result instanceof ParseResult.NotParsed not) {
          System.out.println(statement.id() + " " + not + " " + statement.sql());
        }
      }
    }
    System.out.println("carriers parsed " + parsed + " of " + total);
    assertTrue(parsed >= total * 0.98, parsed + " of " + total);
  }

  @Test
  void everyNode_handsOverItsChildren() throws IOException {
    for (CorpusStatement statement : corpus("postgres-regress.jsonl.gz")) {
      if (KINDS.contains(statement.kind())
          && parse(statement.sql()) instanceof ParseResult.Parsed parsed) {
        parsed.statement().walk(SyntaxCorpusTest::checkChildren);
      }
    }
  }

  private static void checkChildren(Node node) {
    List<Object> expected = new ArrayList<>();
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      Object value = Outline.read(component, (Record) node);
      if (value instanceof Node child) {
        expected.add(child);
      } else if (value instanceof List<?> list) {
        list.stream().filter(Node.class::isInstance).forEach(expected::add);
      }
    }
    List<Object> found = new ArrayList<>();
    node.children(found::add);
    assertEquals(expected, found);
  }

  @Test
  void ordinaryStatements_parse() throws IOException {
    List<String> refused = new ArrayList<>();
    for (CorpusStatement statement : corpus("benign.jsonl")) {
      Tokens tokens = lex(statement.sql());
      int from = 0;
      for (int i = 0; i <= tokens.size(); i++) {
        if (i == tokens.size() || tokens.is(i, ';')) {
          boolean known = i > from && FIRST_WORDS.contains(tokens.value(from));
          if (known && SyntaxParser.parse(tokens, from, i) instanceof ParseResult.NotParsed not) {
            refused.add(statement.id() + " " + not + "\n    " + statement.sql());
          }
          from = i + 1;
        }
      }
    }
    assertEquals(List.of(), refused);
  }

  private static Tokens lex(String sql) {
    try {
      return Lexer.lex(sql);
    } catch (LexicalException e) {
      throw new AssertionError(sql, e);
    }
  }

  static ParseResult parse(String sql) {
    Tokens tokens = lex(sql);
    int end = tokens.size();
    while (end > 0 && tokens.is(end - 1, ';')) {
      end--;
    }
    return SyntaxParser.parse(tokens, 0, end);
  }
}
