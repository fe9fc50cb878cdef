package io.pgguard.internal.syntax;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import org.jspecify.annotations.Nullable;

/** A place among the tokens of one statement, and how deep the grammar has gone there. */
final class Cursor {
  /**
   * The sum of the costs of the rules that may be open at once. A cost is about the number of Java
   * frames that the rule puts on the stack; in interpreted code 512 KB bear some 2,000 of them.
   */
  static final int MAX_DEPTH = 1_600;

  final Tokens tokens;
  private final int end;
  private int at;
  private int depth;
  private int deepest;
  private int wraps;

  Cursor(Tokens tokens, int from, int to) {
    this.tokens = tokens;
    this.at = from;
    this.end = to;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= end;
  }

  /** Whether a token stands that many places ahead. */
  boolean has(int ahead) {
    return at + ahead < end;
  }

  void skip(int count) {
    at += count;
  }

  /** Takes the token here and answers its index. */
  int take() {
    if (at >= end) {
      throw fail("the statement ends too early");
    }
    return at++;
  }

  String takeValue() {
    return tokens.value(take());
  }

  @Nullable Keyword keyword() {
    return at < end ? tokens.keyword(at) : null;
  }

  @Nullable Keyword keyword(int ahead) {
    return at + ahead < end ? tokens.keyword(at + ahead) : null;
  }

  boolean is(Keyword keyword) {
    return at < end && tokens.is(at, keyword);
  }

  boolean is(int ahead, Keyword keyword) {
    return at + ahead < end && tokens.is(at + ahead, keyword);
  }

  boolean is(char mark) {
    return at < end && tokens.is(at, mark);
  }

  boolean is(int ahead, char mark) {
    return at + ahead < end && tokens.is(at + ahead, mark);
  }

  boolean is(TokenKind kind) {
    return at < end && tokens.is(at, kind);
  }

  boolean is(int ahead, TokenKind kind) {
    return at + ahead < end && tokens.is(at + ahead, kind);
  }

  boolean isOperator(String operator) {
    return at < end && tokens.isOperator(at, operator);
  }

  boolean accept(Keyword keyword) {
    boolean found = is(keyword);
    if (found) {
      at++;
    }
    return found;
  }

  /** Takes both or neither. */
  boolean accept(Keyword first, Keyword second) {
    boolean found = is(first) && is(1, second);
    if (found) {
      at += 2;
    }
    return found;
  }

  boolean accept(char mark) {
    boolean found = is(mark);
    if (found) {
      at++;
    }
    return found;
  }

  boolean acceptOperator(String operator) {
    boolean found = isOperator(operator);
    if (found) {
      at++;
    }
    return found;
  }

  void expect(Keyword keyword) {
    if (!accept(keyword)) {
      throw fail("expected " + keyword);
    }
  }

  void expect(Keyword first, Keyword second) {
    expect(first);
    expect(second);
  }

  void expect(char mark) {
    if (!accept(mark)) {
      throw fail("expected '" + mark + "'");
    }
  }

  void expectOperator(String operator) {
    if (!acceptOperator(operator)) {
      throw fail("expected '" + operator + "'");
    }
  }

  String string() {
    if (!is(TokenKind.STRING)) {
      throw fail("expected a string constant");
    }
    return takeValue();
  }

  /** Opens a rule that may contain itself. */
  void enter(int cost) {
    depth += cost;
    if (depth > MAX_DEPTH) {
      throw fail("nested too deep");
    }
    deepest = Math.max(deepest, depth);
  }

  /** Closes what {@link #enter} opened; after a failure nothing needs to be closed. */
  void leave(int cost) {
    depth -= cost;
  }

  /** Notes that a node was put around one that was already built, which deepens the tree. */
  void wrapped() {
    wraps++;
  }

  /** No tree read so far is deeper than this, in nodes: a rule makes fewer than its cost. */
  int treeDepthBound() {
    return wraps + deepest;
  }

  SyntaxFailure fail(String reason) {
    return new SyntaxFailure(reason, at);
  }
}
