package io.pgguard.session;

import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.List;

/** The names in a text that may be those of prepared statements which it runs. Stateless. */
final class PreparedNames {
  private static final String EXECUTE = "execute";

  private PreparedNames() {}

  /**
   * All names of a text that runs prepared statements; none of any other, nor of what is no text.
   */
  static List<String> in(String text) {
    if (!mentionsExecute(text)) {
      return List.of();
    }
    try {
      Tokens tokens = Lexer.lex(text);
      List<String> names = new ArrayList<>();
      for (int i = 1; i < tokens.size(); i++) {
        boolean runs = tokens.is(i - 1, TokenKind.WORD) && tokens.value(i - 1).equals(EXECUTE);
        if (runs && tokens.isIdentifier(i)) {
          names.add(tokens.value(i));
        }
      }
      return names;
    } catch (LexicalException e) {
      return List.of(); // it runs nothing: the same is said of it when it is planned
    }
  }

  private static boolean mentionsExecute(String text) {
    int last = text.length() - EXECUTE.length();
    for (int i = 0; i <= last; i++) {
      if ((text.charAt(i) | 0x20) == 'e' && text.regionMatches(true, i, EXECUTE, 0, 7)) {
        return true;
      }
    }
    return false;
  }
}
