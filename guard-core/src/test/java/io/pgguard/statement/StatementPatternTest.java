package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgguard.testkit.CorpusFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a pattern says of a text is what the lexer and the reader say of it. */
class StatementPatternTest {
  private static final List<String> TEXTS =
      List.of(
          "SELECT a,'x',5,1.5 FROM t WHERE a=5 AND b IN (1,2,'three') AND c>-7 LIMIT 3",
          "SELECT a.5 FROM t WHERE e'x'='y' AND u&5=1 AND n 'a'='b'",
          "SELECT 'a'\n  'b', 'c' /* ' */, 'd' -- '\n, \"it's\", 5/*x*/+6",
          "SELECT $$a$$,$1,$2=5,1..2,.5,1.,1e5,0x1F,1_000,B'1',X'1F' FROM t",
          "SELECT U&'\\0061' UESCAPE '!', 'x' , E'\\'', N'n' FROM t",
          "SELECT a FROM t WHERE b=1 LIMIT 100 FOR UPDATE",
          "SELECT a FROM t FETCH FIRST 5 ROWS ONLY FOR UPDATE",
          "UPDATE t SET a=1,b='x' WHERE id=5 OR id=6",
          "DELETE FROM t WHERE a=1 AND 'x'='y' OR b<>2",
          "INSERT INTO t(a,b) VALUES (1,'x'),(2,'y') ON CONFLICT (a) DO UPDATE SET b='z'",
          "WITH x AS (DELETE FROM t WHERE id=1 RETURNING a) SELECT * FROM x WHERE a[1]=2",
          "SELECT a FROM t WHERE b='é' AND c='\uD83D\uDE00' AND d=99999999999");
  private static final List<String> LITERALS =
      List.of(
          "'x'",
          "''",
          "'a''b'",
          "'",
          "'a'\n'b'",
          "'a'  'b'",
          "'\u0000'",
          "'\uD83D'",
          "'é'",
          "E'\\x41'",
          "e'\\''",
          "U&'a'",
          "$$y$$",
          "$q$'$q$",
          "N'x'",
          "B'1'",
          "x'1F'",
          "5",
          "05",
          "0",
          "123456789",
          "1234567890",
          "2147483648",
          "99999999999",
          "5.",
          ".5",
          "5.5",
          "5e3",
          "5_0",
          "0x1F",
          "5a",
          "5.5.5",
          "1..2",
          "5$",
          "-5",
          "--",
          "/*",
          "a",
          "$1",
          "",
          "'x' --",
          "5 UESCAPE",
          "'x' UESCAPE '!'");

  private final Random random;
  private int matched;
  private int tried;

  StatementPatternTest() {
    long seed = System.nanoTime();
    System.out.println("StatementPatternTest: seed " + seed);
    random = new Random(seed);
  }

  @Test
  void matchedText_hasTheTokensAndFactsThatTheLexerFinds() throws Exception {
    for (String text : TEXTS) {
      compare(text, 20_000);
    }
    assertTrue(matched > tried / 50, matched + " of " + tried);
  }

  @Test
  void matchedCorpusText_hasTheTokensAndFactsThatTheLexerFinds() throws Exception {
    Optional<Path> corpus = CorpusFolder.find("leaks.jsonl");
    Assumptions.assumeTrue(corpus.isPresent(), "no corpus");
    for (String file : List.of("leaks.jsonl", "benign.jsonl", "dangerous.jsonl")) {
      for (String line : Files.readAllLines(CorpusFolder.read(file))) {
        var sql = new ObjectMapper().readTree(line).path("sql");
        if (sql.isTextual()) {
          compare(sql.asText(), 100);
        }
        for (var one : sql) {
          compare(one.asText(), 100);
        }
      }
    }
    assertTrue(matched > tried / 20, matched + " of " + tried);
  }

  private void compare(String text, int times) {
    StatementText read;
    try {
      read = StatementReader.read(text);
    } catch (LexicalException e) {
      return;
    }
    if (read.statements().size() != 1 || !read.statements().get(0).carried().isEmpty()) {
      return;
    }
    BitSet literals = new BitSet();
    Tokens tokens = read.tokens();
    for (int i = 0; i < tokens.size(); i++) {
      if (isLiteral(tokens, i) && random.nextInt(8) > 0) {
        literals.set(i);
      }
    }
    StatementPattern pattern = StatementPattern.of(read, literals);
    assertNotNull(plainOnly(tokens) ? pattern.match(text) : read);
    for (int i = 0; i < times && !literals.isEmpty(); i++) {
      compare(pattern, read, mutated(tokens));
    }
  }

  private static boolean isLiteral(Tokens tokens, int i) {
    return switch (tokens.kind(i)) {
      case STRING, BIT_STRING, INTEGER, NUMERIC -> true;
      default -> false;
    };
  }

  private static boolean plainOnly(Tokens tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (isLiteral(tokens, i) && !tokens.text(i).matches("'[ -&(-~]*'|[0-9]{1,9}")) {
        return false;
      }
    }
    return true;
  }

  private void compare(StatementPattern pattern, StatementText first, String text) {
    tried++;
    StatementFacts facts = pattern.match(text);
    if (facts == null) {
      return;
    }
    matched++;
    StatementText read;
    try {
      read = StatementReader.read(text);
    } catch (LexicalException e) {
      throw new AssertionError("it does not lex: " + text, e);
    }
    assertEquals(1, read.statements().size(), text);
    StatementFacts should = read.statements().get(0);
    assertTrue(should.tellsSameAs(facts) && facts.tellsSameAs(first.statements().get(0)), text);
    assertEquals(should.text(), facts.text());
    assertEquals(should.identifiers(), facts.identifiers(), text);
    assertEquals(should.stringConstants(), facts.stringConstants(), text);
    assertEquals(first.tokens().size(), read.tokens().size(), text);
    for (int i = 0; i < read.tokens().size(); i++) {
      assertEquals(first.tokens().kind(i), read.tokens().kind(i), text);
    }
  }

  /** The text with some literals replaced, and a character changed anywhere now and then. */
  private String mutated(Tokens tokens) {
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (isLiteral(tokens, i) && random.nextInt(3) == 0) {
        out.append(tokens.source(), copied, tokens.start(i));
        boolean tame = random.nextInt(3) > 0;
        out.append(
            tame
                ? tokens.is(i, TokenKind.STRING) ? "'z'" : tokens.text(i) + "1"
                : LITERALS.get(random.nextInt(LITERALS.size())));
        copied = tokens.end(i);
      }
    }
    out.append(tokens.source(), copied, tokens.source().length());
    if (random.nextInt(4) == 0 && out.length() > 0) {
      String characters = "'\"$.e&U -\n*/5a";
      int at = random.nextInt(out.length());
      out.insert(at, characters.charAt(random.nextInt(characters.length())));
    }
    return out.toString();
  }

  @Test
  void changedLiteral_thatWouldGrowTogetherWithItsNeighbour_doesNotMatch() throws Exception {
    assertNull(match("SELECT a.5 FROM t", "SELECT a5.0 FROM t"));
    assertNull(match("SELECT a'x' FROM t", "SELECT a$$x$$ FROM t"));
    assertNull(match("SELECT a =5 FROM t", "SELECT a =5a FROM t"));
    assertNull(match("SELECT 'a', 'b' FROM t", "SELECT 'a'\n'', 'b' FROM t"));
    assertNull(match("SELECT 5, 6 FROM t", "SELECT 99999999999, 6 FROM t"));
    assertNotNull(match("SELECT 5, 6 FROM t", "SELECT 7, 888 FROM t"));
  }

  private static @Nullable StatementFacts match(String first, String second)
      throws LexicalException {
    StatementText read = StatementReader.read(first);
    BitSet literals = new BitSet();
    for (int i = 0; i < read.tokens().size(); i++) {
      literals.set(i, isLiteral(read.tokens(), i));
    }
    return StatementPattern.of(read, literals).match(second);
  }

  @Test
  void hash_ofTextsThatDifferInPlainLiterals_isOne() {
    assertEquals(
        StatementPattern.hash("SELECT a1, 'x' FROM t2 WHERE b = 5 AND c = 1.5", 7),
        StatementPattern.hash("SELECT a1, 'it''s' FROM t2 WHERE b = 77 AND c = 22.5", 7));
    assertTrue(
        StatementPattern.hash("SELECT a1 FROM t2", 7)
            != StatementPattern.hash("SELECT a1 FROM t3", 7));
  }
}
