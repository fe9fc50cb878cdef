package io.pgguard.pgwire.session;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Which names a text may spell, whatever else it says. Errs to yes. */
final class NamesInText {
  /** From here on a longer identifier may be cut to the name (63 bytes, whole characters). */
  private static final int LONG = 60;

  private final String text;
  private final boolean anything;

  NamesInText(String text) {
    this.text = text.toLowerCase(Locale.ROOT);
    this.anything = this.text.contains("u&"); // escapes can spell every name
  }

  boolean mayHold(String name) {
    if (anything || name.indexOf('"') >= 0) {
      return true;
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    boolean cut = name.getBytes(StandardCharsets.UTF_8).length >= LONG;
    for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      if (ends(at - 1) && (cut || ends(at + wanted.length()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether an identifier cannot go on over this place. */
  private boolean ends(int at) {
    return at < 0 || at >= text.length() || !part(text.charAt(at));
  }

  private static boolean part(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c > 127;
  }
}
