package io.pgguard.pgwire.session;

import io.pgguard.session.Refusal;
import io.pgguard.wording.SessionWording;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text that presents a token, as {@code SET guard.token = '...'}. It goes no further than this
 * class: neither to the server nor to log, recording or errors. Immutable.
 */
final class PresentedToken {
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
    if (!mayName(text) || !NAMED.matcher(text).find()) {
      return null;
    }
    Matcher presents = PRESENTS.matcher(text);
    return new PresentedToken(presents.matches() ? presents.group(1) : null);
  }

  /** Whether the word stands in it: most texts are passed over without more. */
  private static boolean mayName(String text) {
    int last = text.length() - WORD.length();
    for (int i = 0; i <= last; i++) {
      if ((text.charAt(i) | ' ') == 't' && text.regionMatches(true, i, WORD, 0, WORD.length())) {
        return true;
      }
    }
    return false;
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
