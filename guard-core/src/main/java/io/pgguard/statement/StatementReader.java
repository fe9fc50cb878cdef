package io.pgguard.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a text into its statements and their facts, from tokens alone. Takes linear time and does
 * not recurse into nested parentheses. Thread-safe.
 */
public final class StatementReader {
  private StatementReader() {}

  /**
   * Reads a text. Statements end at semicolons as PostgreSQL ends them: not in parentheses, and not
   * in a body from BEGIN ATOMIC to END. A text whose brackets do not match is one statement of kind
   * UNKNOWN, which PostgreSQL refuses.
   *
   * @throws LexicalException when the text does not lex; see {@link Lexer#lex(String)}
   */
  public static StatementText read(String sql) throws LexicalException {
    Tokens tokens = Lexer.lex(sql);
    Brackets brackets = Brackets.of(tokens);
    List<StatementFacts> statements = new ArrayList<>();
    FactsReader reader = new FactsReader(tokens, brackets);
    if (!brackets.balanced()) {
      statements.add(reader.unknown(0, tokens.size()));
    } else {
      int from = 0;
      for (int end : StatementSplitter.ends(tokens, brackets, 0, tokens.size())) {
        if (end > from) {
          statements.add(reader.read(from, end));
        }
        from = end + 1;
      }
    }
    return new StatementText(sql, tokens, statements);
  }
}
