package io.pgguard.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LexerTest {

  /** One line a token: the kind's first letters, a colon, the value. */
  static String shown(String sql) throws LexicalException {
    Tokens tokens = Lexer.lex(sql);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      shown.append(i == 0 ? "" : " ").append(letter(tokens.kind(i))).append(tokens.value(i));
    }
    return shown.toString();
  }

  private static String letter(TokenKind kind) {
    return switch (kind) {
      case WORD -> "w:";
      case QUOTED_NAME -> "q:";
      case STRING -> "s:";
      case BIT_STRING -> "b:";
      case INTEGER -> "i:";
      case NUMERIC -> "n:";
      case PARAMETER -> "$:";
      case OPERATOR -> "o:";
      case PUNCTUATION -> "p:";
      case TYPECAST, DOT_DOT, COLON_EQUALS, EQUALS_GREATER -> "t:";
    };
  }

  private static String unescape(String text) {
    Matcher unicode = Pattern.compile("(?<!\\\\)\\\\u([0-9a-f]{4})").matcher(text);
    return unicode
        .replaceAll(m -> Matcher.quoteReplacement("" + (char) Integer.parseInt(m.group(1), 16)))
        .translateEscapes();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/io/pgguard/statement/tokens.txt",
      delimiter = '¦',
      quoteCharacter = '\u0001',
      commentCharacter = '\u0002')
  void lex_vector_givesTheseTokens(String rule, String sql, String tokens) throws Exception {
    assertEquals(unescape(tokens.strip()), shown(unescape(sql.strip())), rule);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/io/pgguard/statement/refused.txt",
      delimiter = '¦',
      quoteCharacter = '\u0001',
      commentCharacter = '\u0002')
  void lex_refusedVector_saysSoInPostgresWords(String sql, String message) {
    LexicalException refusal =
        assertThrows(LexicalException.class, () -> Lexer.lex(unescape(sql.strip())));
    String given = String.valueOf(refusal.getMessage());
    assertTrue(given.startsWith(message.strip()), given);
  }

  @Test
  void lex_longerThanTheBound_isRefusedWithBothLengths() {
    LexicalException refusal = assertThrows(LexicalException.class, () -> Lexer.lex("select", 5));
    assertEquals("the text has 6 characters; at most 5 are read", refusal.getMessage());
  }

  @Test
  void value_longName_isCutAt63BytesOnACharacterBoundary() throws Exception {
    assertEquals("a".repeat(63), Lexer.lex("A".repeat(70)).value(0));
    assertEquals("é".repeat(31), Lexer.lex("é".repeat(40)).value(0));
    assertEquals("x" + "é".repeat(31), Lexer.lex("\"x" + "é".repeat(40) + "\"").value(0));
    assertEquals("😀".repeat(15), Lexer.lex("😀".repeat(16)).value(0));
  }

  @Test
  void keyword_quotedOrFollowedByMore_isNone() throws Exception {
    Tokens tokens = Lexer.lex("SeLeCt \"select\" selects K\u0130LL");
    assertTrue(tokens.is(0, Keyword.SELECT));
    assertEquals(Keyword.SELECT, tokens.keyword(0));
    assertNull(tokens.keyword(1));
    assertNull(tokens.keyword(2));
    assertEquals("k\u0130ll", tokens.value(3));
  }

  @Test
  void end_tokenWithUescape_coversTheClause() throws Exception {
    Tokens tokens = Lexer.lex("a U&'!0041' /* c */ UESCAPE '!' b");
    assertEquals(3, tokens.size());
    assertEquals("U&'!0041' /* c */ UESCAPE '!'", tokens.text(1));
    assertEquals("A", tokens.value(1));
  }

  @Test
  void lex_longRuns_takeLinearTime() throws Exception {
    int n = 2_000_000;
    assertEquals(n, Lexer.lex("+".repeat(n)).size());
    assertEquals(n, Lexer.lex("(".repeat(n)).size());
    assertEquals(1, Lexer.lex("'" + "''".repeat(n) + "'").size());
    assertEquals(0, Lexer.lex("/*".repeat(n) + "*/".repeat(n)).size());
    assertThrows(LexicalException.class, () -> Lexer.lex("/*".repeat(n)));
    assertThrows(LexicalException.class, () -> Lexer.lex("$" + "a$b".repeat(n)));
    assertEquals(1, Lexer.lex("'a'\n".repeat(n)).size());
    assertEquals(n, Lexer.lex("'a' ".repeat(n)).size());
  }
}
