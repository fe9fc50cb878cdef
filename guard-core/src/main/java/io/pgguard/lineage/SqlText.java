package io.pgguard.lineage;

import io.pgguard.internal.syntax.ParseResult;
import io.pgguard.internal.syntax.SyntaxParser;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import org.jspecify.annotations.Nullable;

/** Reads the text of one statement that the server's catalog holds, such as a view's definition. */
final class SqlText {
  private SqlText() {}

  /** The statement's tree, or null when the text is not one statement that Guard can read. */
  static @Nullable Statement parse(String text) {
    try {
      Tokens tokens = Lexer.lex(text);
      int end = tokens.size();
      while (end > 0 && tokens.is(end - 1, ';')) {
        end--;
      }
      return SyntaxParser.parse(tokens, 0, end) instanceof ParseResult.Parsed parsed
          ? parsed.statement()
          : null;
    } catch (LexicalException e) {
      return null;
    }
  }
}
