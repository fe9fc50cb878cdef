package io.pgguard.console.read;

import io.pgguard.statement.Keyword;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.Tokens;
import java.util.Locale;
import java.util.Set;

/**
 * Whether what a text gives follows from the database alone, and not from what texts before it laid
 * down in the session: a cursor, a prepared statement, a setting. Somebody who is cleared can have
 * put anything there. Stateless itself.
 */
final class Stateless {
  private static final Set<String> READ_SETTINGS =
      Set.of("current_setting", "set_config", "pg_settings", "pg_show_all_settings");

  private Stateless() {}

  static boolean is(String text) {
    Tokens tokens;
    try {
      tokens = Lexer.lex(text);
    } catch (LexicalException notSql) {
      return false;
    }
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isIdentifier(i)
          && READ_SETTINGS.contains(tokens.value(i).toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    return tokens.size() > 0
        && !tokens.is(0, Keyword.SHOW)
        && !tokens.is(0, Keyword.FETCH)
        && !tokens.is(0, Keyword.EXECUTE);
  }
}
