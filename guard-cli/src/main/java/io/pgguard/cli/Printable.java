package io.pgguard.cli;

/**
 * Makes texts of agents fit for a terminal: what would move the cursor, turn the direction of
 * writing or be invisible is written as its code point, so that what is read is what is there.
 */
final class Printable {
  private Printable() {}

  /** A text with its lines. */
  static String text(String text) {
    return of(text, true);
  }

  /** A text in one line. */
  static String line(String text) {
    return of(text, false);
  }

  private static String of(String text, boolean lines) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (lines && c == '\n' || isPlain(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return shown.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
