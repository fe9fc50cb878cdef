package io.pgguard.console.read;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;

/** Cuts a statement into spans by what its tokens are. Every character of it is in one of them. */
public final class SqlSpans {
  private SqlSpans() {}

  /** The spans of a text; all plain where it does not lex. */
  public static List<Span> of(String text) {
    Tokens tokens;
    try {
      tokens = Lexer.lex(text);
    } catch (LexicalException notSql) {
      return Seen.spans("", text);
    }
    List<Span> spans = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < tokens.size(); i++) {
      between(text.substring(at, tokens.start(i)), spans);
      spans.addAll(Seen.spans(kind(tokens, i), tokens.text(i)));
      at = tokens.end(i);
    }
    between(text.substring(at), spans);
    return spans;
  }

  /** White space and comments stand between tokens. */
  private static void between(String text, List<Span> spans) {
    spans.addAll(Seen.spans(text.isBlank() ? "" : "comment", text));
  }

  private static String kind(Tokens tokens, int i) {
    TokenKind kind = tokens.kind(i);
    return switch (kind) {
      case WORD -> tokens.keyword(i) == null ? "" : "keyword";
      case STRING, BIT_STRING -> "string";
      case PARAMETER -> "parameter";
      case QUOTED_NAME -> "name";
      case INTEGER, NUMERIC -> "number";
      default -> "";
    };
  }
}
