package io.pgguard.console.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes what cannot be seen visible: control and format characters, those that turn the direction
 * of writing among them, and spaces that are none of the keyboard's, show as their code points. So
 * what a person reads is what runs.
 */
final class Seen {
  private Seen() {}

  /** The spans of a text of one kind. */
  static List<Span> spans(String kind, String text) {
    List<Span> spans = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int width = Character.charCount(point);
      boolean endsLine = point == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (isHidden(point) && !endsLine) {
        if (i > from) {
          spans.add(new Span(kind, text.substring(from, i)));
        }
        spans.add(new Span("odd", String.format(Locale.ROOT, "U+%04X", point)));
        from = i + width;
      }
      i += width;
    }
    if (from < text.length()) {
      spans.add(new Span(kind, text.substring(from)));
    }
    return spans;
  }

  private static boolean isHidden(int point) {
    if (point == '\n' || point == '\t' || point == ' ') {
      return false;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBlankLetter(point);
    };
  }

  /** Letters and marks that are drawn as nothing. */
  private static boolean isBlankLetter(int point) {
    return point == 0x115F
        || point == 0x1160
        || point == 0x3164
        || point == 0xFFA0
        || point == 0x2800
        || (point >= 0xFE00 && point <= 0xFE0F)
        || (point >= 0xE0100 && point <= 0xE01EF);
  }
}
