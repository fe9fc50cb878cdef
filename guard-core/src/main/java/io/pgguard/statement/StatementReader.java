package io.pgguard.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a text into its statements and their facts, from tokens alone. Takes linear time and does
 * not recurse into nested parentheses. Thread-safe.
 */
public final class StatementReader {
  /** The most statements that one text may hold; each costs time and memory of its own. */
  public static final int MAX_STATEMENTS = 50_000;

  private StatementReader() {}

  /**
   * Reads a text. Statements end at semicolons as PostgreSQL ends them: not in parentheses, and not
   * in a body from BEGIN ATOMIC to END. A text whose brackets do not match is one statement of kind
   * UNKNOWN, which PostgreSQL refuses.
   *
   * @throws LexicalException when the text does not lex; see {@link Lexer#lex(String)}; or holds
   *     more than {@link #MAX_STATEMENTS} statements
   */
  public static StatementText read(String sql) throws LexicalException {
    Tokens tokens = Lexer.lex(sql);
    Brackets brackets = Brackets.of(tokens);
    List<StatementFacts> statements = new ArrayList<>();
    FactsReader reader = new FactsReader(tokens, brackets);
    if (!brackets.balanced()) {
      statements.add(reader.unknown(0, tokens.size()));
    } else {
      List<Integer> ends = StatementSplitter.ends(tokens, brackets, 0, tokens.size());
      refuseTooMany(tokens, ends);
      int from = 0;
      for (int end : ends) {
        if (end > from) {
          statements.add(reader.read(from, end));
        }
        from = end + 1;
      }
    }
    return new StatementText(sql, tokens, statements);
  }

  private static void refuseTooMany(Tokens tokens, List<Integer> ends) throws LexicalException {
    int from = 0;
    int count = 0;
    for (int end : ends) {
      if (end > from && ++count > MAX_STATEMENTS) {
        throw LexicalException.tooLarge(
            "the text holds more than " + MAX_STATEMENTS + " statements", tokens.start(from));
      }
      from = end + 1;
    }
  }
}
