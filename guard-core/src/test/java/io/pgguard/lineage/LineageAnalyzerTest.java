package io.pgguard.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Statements and the outlines of their lineage, from the files in {@code lineage/}: a line {@code #
 * what it shows}, the statement, {@code =>}, and the outline.
 */
class LineageAnalyzerTest {
  private static final Catalog CATALOG = SmallCatalog.build();
  private static final LineageAnalyzer ANALYZER = new LineageAnalyzer(CATALOG);
  private static final SearchPath PATH = SearchPath.of("pg_catalog", "public");
  private static final SessionObjects SESSION =
      new SessionObjects(
          Map.of("p", analyze("SELECT ssn FROM people WHERE id = 1", SessionObjects.NONE)),
          Map.of(),
          Map.of("mine", TemporaryRelation.unknown("mine")));

  private static Lineage analyze(String sql, SessionObjects session) {
    try {
      Tokens tokens = Lexer.lex(sql);
      ParseResult result = SyntaxParser.parse(tokens, 0, tokens.size());
      return result instanceof ParseResult.Parsed parsed
          ? ANALYZER.analyze(parsed.statement(), PATH, session)
          : new Lineage.Unknown(result.toString());
    } catch (LexicalException e) {
      throw new IllegalArgumentException(sql, e);
    }
  }

  private static String outline(String sql) {
    return LineageText.outline(analyze(sql, SESSION), CATALOG).replace("public.", "");
  }

  @TestFactory
  Stream<DynamicTest> statements_haveTheirLineage() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    StringBuilder actual = new StringBuilder();
    for (String file : List.of("select", "from", "with", "functions", "changes", "carriers")) {
      for (String block : read(file).split("(?m)^# ")) {
        if (block.isBlank()) {
          continue;
        }
        int end = block.indexOf('\n');
        int arrow = block.indexOf("=>\n");
        String title = block.substring(0, end);
        String sql = block.substring(end + 1, arrow < 0 ? block.length() : arrow).strip();
        String expected = arrow < 0 ? "" : block.substring(arrow + 3).strip();
        String found = outline(sql).strip();
        actual.append("# ").append(title).append('\n').append(sql).append("\n=>\n");
        actual.append(found).append("\n\n");
        tests.add(DynamicTest.dynamicTest(title, () -> assertEquals(expected, found, sql)));
      }
      String into = System.getProperty("guard.lineage.record");
      if (into != null) {
        java.nio.file.Files.writeString(
            java.nio.file.Path.of(into, file + ".txt"), actual.toString());
      }
      actual.setLength(0);
    }
    return tests.stream();
  }

  private static String read(String file) throws IOException {
    try (var in = LineageAnalyzerTest.class.getResourceAsStream("/lineage/" + file + ".txt")) {
      if (in == null) {
        throw new IOException("no file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
