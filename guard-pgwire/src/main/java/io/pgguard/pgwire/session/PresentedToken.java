package io.pgguard.pgwire.session;

import io.pgguard.session.Refusal;
import io.pgguard.statement.Lexer;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.SessionWording;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that presents a token, as {@code SET guard.token = '...'}. It goes no further than this
 * class: neither to the server nor to log, recording or errors. Immutable.
 */
final class PresentedToken {
  private static final String OWN = "guard";
  private static final String WORD = "token";

  /** Whatever names the setting, in whichever statement, may hold a token. */
  private static final Pattern NAMED =
      Pattern.compile("guard\"?\\s*\\.\\s*\"?token", Pattern.CASE_INSENSITIVE);

  private static final Pattern PRESENTS =
      Pattern.compile(
          "\\s*SET\\s+(?:SESSION\\s+)?\"?guard\"?\\.\"?token\"?\\s*(?:=|\\sTO\\s)\\s*"
              + "'([A-Za-z0-9._-]*)'\\s*;?\\s*",
          Pattern.CASE_INSENSITIVE);

  private final @Nullable String token;

  private PresentedToken(@Nullable String token) {
    this.token = token;
  }

  /** What a text presents; null for one that has nothing to do with tokens. */
  static @Nullable PresentedToken in(String text) {
    if (!mayName(text) || !NAMED.matcher(text).find() && !isNamedByTokens(text)) {
      return null;
    }
    Matcher presents = PRESENTS.matcher(text);
    return new PresentedToken(presents.matches() ? presents.group(1) : null);
  }

  /**
   * Whether the word stands in it, or something that could spell it (an escape): most texts are
   * passed over without more.
   */
  private static boolean mayName(String text) {
    int last = text.length() - WORD.length();
    for (int i = 0; i <= last; i++) {
      int c = text.charAt(i) | ' ';
      if (c == 't' && text.regionMatches(true, i, WORD, 0, WORD.length())
          || c == 'u' && text.charAt(i + 1) == '&'
          || text.charAt(i) == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * The same as PostgreSQL reads it: comments between the parts of a name, and names and constants
   * with escapes.
   */
  private static boolean isNamedByTokens(String text) {
    Tokens tokens;
    try {
      tokens = Lexer.lex(text);
    } catch (LexicalException notSql) {
      String folded = text.toLowerCase(Locale.ROOT); // what cannot be read is logged all the same
      int own = folded.indexOf(OWN);
      return own >= 0 && folded.indexOf(WORD, own) >= 0;
    }
    for (int i = 0; i < tokens.size(); i++) {
      boolean named =
          tokens.is(i, TokenKind.STRING)
              ? NAMED.matcher(tokens.value(i)).find()
              : i + 2 < tokens.size()
                  && tokens.is(i + 1, '.')
                  && is(tokens, i, OWN)
                  && is(tokens, i + 2, WORD);
      if (named) {
        return true;
      }
    }
    return false;
  }

  /** Names of settings are compared without case, quoted or not (PostgreSQL, guc.c). */
  private static boolean is(Tokens tokens, int i, String name) {
    return tokens.isIdentifier(i) && tokens.value(i).equalsIgnoreCase(name);
  }

  /**
   * Presents it to the session.
   *
   * @return why it is not taken; null where it is
   */
  @Nullable Refusal to(Conversation conversation) {
    if (token == null) { // a text of another form than the one in which it is taken
      return Refusal.of(SessionWording.TOKEN_FORM.say());
    }
    conversation.atOnce.waits(); // its issuer's keys may have to be asked for
    return conversation.guard.present(token).orElse(null);
  }

  @Override
  public String toString() {
    return "a token that is presented";
  }
}
