package io.pgguard.statement;

/** PostgreSQL's rules for names: ASCII folding and the limit of 63 bytes. Thread-safe. */
public final class Identifiers {
  /** Bytes of UTF-8 that a name can hold (PostgreSQL's NAMEDATALEN minus one). */
  static final int MAX_BYTES = 63;

  private Identifiers() {}

  /** An unquoted name: ASCII letters in lower case, cut at 63 bytes. */
  static String fold(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (CharClass.fold(text.charAt(i)) != text.charAt(i)) {
        return cut(foldFrom(text, start, end));
      }
    }
    return cut(text.substring(start, end));
  }

  private static String foldFrom(String text, int start, int end) {
    char[] folded = new char[end - start];
    for (int i = start; i < end; i++) {
      folded[i - start] = CharClass.fold(text.charAt(i));
    }
    return new String(folded);
  }

  /** A name cut at 63 bytes of UTF-8, never inside a character. */
  public static String cut(String name) {
    if (name.length() * 3 <= MAX_BYTES) {
      return name;
    }
    int bytes = 0;
    int i = 0;
    while (i < name.length()) {
      int codePoint = name.codePointAt(i);
      bytes += utf8Length(codePoint);
      if (bytes > MAX_BYTES) {
        return name.substring(0, i);
      }
      i += Character.charCount(codePoint);
    }
    return name;
  }

  private static int utf8Length(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
