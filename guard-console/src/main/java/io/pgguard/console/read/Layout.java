package io.pgguard.console.read;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Lays a statement out over lines. It only moves white space: a layout counts when it lexes to the
 * very tokens of the text, so that it says the same to every parser. Comments are left out; the
 * text beside it has them.
 */
public final class Layout {
  /** Longer ones are shown as they were written only. */
  private static final int LONGEST = 20_000;

  private static final String STEP = "  ";

  /** Words that begin a line. */
  private static final Set<String> CLAUSES =
      Set.of(
          "select",
          "from",
          "where",
          "group",
          "having",
          "order",
          "limit",
          "offset",
          "fetch",
          "for",
          "set",
          "values",
          "returning",
          "union",
          "intersect",
          "except",
          "join",
          "left",
          "right",
          "full",
          "inner",
          "cross",
          "natural",
          "with",
          "insert",
          "update",
          "delete",
          "merge",
          "using",
          "when",
          "on",
          "window");

  /** Of these words what follows belongs to the same line. */
  private static final Set<String> HOLD =
      Set.of(
          "left",
          "right",
          "full",
          "inner",
          "cross",
          "natural",
          "outer",
          "for",
          "on",
          "insert",
          "delete",
          "then",
          "do",
          "union",
          "intersect",
          "except",
          "all",
          "distinct",
          "not",
          "as");

  private static final Set<String> CONNECT = Set.of("and", "or");

  private final Tokens tokens;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Boolean> open = new ArrayDeque<>();
  private int between;

  private Layout(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The text laid out; empty where that would not read better or not say the same. */
  public static Optional<String> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Tokens tokens = Lexer.lex(text);
      String laidOut = new Layout(tokens).lines();
      return sameTokens(tokens, Lexer.lex(laidOut)) && !laidOut.equals(text.strip())
          ? Optional.of(laidOut)
          : Optional.empty();
    } catch (LexicalException notSql) {
      return Optional.empty();
    }
  }

  private static boolean sameTokens(Tokens a, Tokens b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.kind(i) != b.kind(i) || !a.text(i).equals(b.text(i))) {
        return false;
      }
    }
    return true;
  }

  private String lines() {
    String before = "";
    for (int i = 0; i < tokens.size(); i++) {
      String word = word(i);
      if (tokens.is(i, ')') && !open.isEmpty() && open.pop()) {
        line();
      }
      if (i > 0 && !tokens.is(i, ')')) {
        if (breaks(i, word, before)) {
          line();
        } else if (spaced(i)) {
          out.append(' ');
        }
      }
      out.append(tokens.text(i));
      if (tokens.is(i, '(')) {
        boolean query = i + 1 < tokens.size() && Set.of("select", "with").contains(word(i + 1));
        open.push(query);
      }
      if (word.equals("between")) {
        between++;
      }
      before = word;
    }
    return out.toString();
  }

  private String word(int i) {
    Keyword keyword = tokens.keyword(i);
    return keyword == null ? "" : keyword.word().toLowerCase(Locale.ROOT);
  }

  /** Whether a line begins before a token. Inside brackets that hold no query, none does. */
  private boolean breaks(int i, String word, String before) {
    boolean inList = !open.isEmpty() && !open.peek();
    if (tokens.is(i - 1, ';')) {
      return true;
    }
    if (inList || tokens.is(i - 1, '.')) {
      return false;
    }
    if (CONNECT.contains(word)) {
      if (word.equals("and") && between > 0) {
        between--;
        return false;
      }
      return true;
    }
    return (CLAUSES.contains(word) && !HOLD.contains(before)) || queryBegins(i);
  }

  private boolean queryBegins(int i) {
    return tokens.is(i - 1, '(') && !open.isEmpty() && open.peek();
  }

  private void line() {
    int depth = (int) open.stream().filter(query -> query).count();
    out.append('\n').append(STEP.repeat(depth));
  }

  /** Whether a space stands before a token: where one stood, and where words would run together. */
  private boolean spaced(int i) {
    boolean stood = tokens.start(i) > tokens.end(i - 1);
    return stood
        && !(tokens.is(i, ',') || tokens.is(i, ';'))
        && !(tokens.is(i - 1, '(') && !tokens.is(i, TokenKind.OPERATOR));
  }
}
