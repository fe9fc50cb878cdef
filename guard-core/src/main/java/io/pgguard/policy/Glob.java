package io.pgguard.policy;

/**
 * One name with {@code *} for any characters, made ready to be compared without allocating.
 * Immutable and thread-safe.
 *
 * <p>A name without quotes is compared without regard to the case of ASCII letters, as PostgreSQL
 * folds it (PostgreSQL documentation, "Identifiers and Key Words"); a name that was quoted is
 * compared exactly.
 */
final class Glob {
  private static final Glob ANY = new Glob("*", false);

  private final String pattern;
  private final boolean exactCase;
  private final boolean any;
  private final boolean literal;

  private Glob(String pattern, boolean exactCase) {
    this.pattern = pattern;
    this.exactCase = exactCase;
    this.any = pattern.equals("*") && !exactCase;
    this.literal = exactCase || pattern.indexOf('*') < 0;
  }

  /** A name as it is written in a policy, not quoted: any case, {@code *} stands for anything. */
  static Glob unquoted(String pattern) {
    return pattern.equals("*") ? ANY : new Glob(pattern, false);
  }

  /** A name that was quoted: exact case, and {@code *} is only a character. */
  static Glob quoted(String name) {
    return new Glob(name, true);
  }

  /** Whether the whole of a name fits. */
  boolean matches(String name) {
    return any || matches(name, 0, name.length());
  }

  /** Whether the part of a text from {@code from} to before {@code to} fits. */
  boolean matches(String text, int from, int to) {
    if (any) {
      return true;
    }
    if (literal) {
      return to - from == pattern.length() && sameFrom(text, from);
    }
    return matchesStars(text, from, to);
  }

  private boolean sameFrom(String text, int from) {
    for (int i = 0; i < pattern.length(); i++) {
      if (!same(pattern.charAt(i), text.charAt(from + i))) {
        return false;
      }
    }
    return true;
  }

  /** Backs up to the last star only, so time is at most the product of both lengths. */
  private boolean matchesStars(String text, int from, int to) {
    int at = from;
    int p = 0;
    int star = -1;
    int resume = from;
    while (at < to) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = at;
      } else if (p < pattern.length() && same(pattern.charAt(p), text.charAt(at))) {
        p++;
        at++;
      } else if (star >= 0) {
        p = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private boolean same(char a, char b) {
    return a == b || (!exactCase && fold(a) == fold(b));
  }

  private static char fold(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
