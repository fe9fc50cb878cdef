package io.pgguard.mask;

/**
 * Telephone numbers in two forms that little else has: a plus, then 8 to 15 digits (ITU-T E.164),
 * in groups or at least 10 at a stretch; and the ten digits of North America, 202-555-0101,
 * 202.555.0101 or (202) 555-0101.
 */
record PhoneDetector() implements Detector {
  private static final int FEWEST = 8;
  private static final int FEWEST_UNGROUPED = 10;
  private static final int MOST = 15;

  @Override
  public String name() {
    return "phone";
  }

  @Override
  public boolean anchors(int unit) {
    return unit == '+' || unit == '(' || unit >= '2' && unit <= '9';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    byte before = Ascii.at(text, at - 1, from, to);
    if (text[at] == '+') {
      return Ascii.alphanumeric(before) ? NOTHING : international(text, to, at);
    }
    if (text[at] == '(') {
      boolean area =
          to - at >= 14
              && exchange(text, at + 1)
              && text[at + 4] == ')'
              && text[at + 5] == ' '
              && exchange(text, at + 6);
      return area && rest(text, at + 9, to) ? Detector.span(at, at + 14) : NOTHING;
    }
    if (to - at < 12 || Ascii.alphanumeric(before) || joined(before)) {
      return NOTHING;
    }
    byte separator = text[at + 3];
    boolean same = (separator == '-' || separator == '.') && text[at + 7] == separator;
    boolean found = same && exchange(text, at) && exchange(text, at + 4) && rest(text, at + 7, to);
    return found ? Detector.span(at, at + 12) : NOTHING;
  }

  private static boolean joined(byte before) {
    return before == '-' || before == '.' || before == '_';
  }

  /** Three digits of which the first is 2 to 9 (North American Numbering Plan). */
  private static boolean exchange(byte[] text, int at) {
    return text[at] >= '2'
        && text[at] <= '9'
        && Ascii.digit(text[at + 1])
        && Ascii.digit(text[at + 2]);
  }

  /** A separator and four digits, then nothing that goes on. */
  private static boolean rest(byte[] text, int at, int to) {
    if (text[at] != '-' && text[at] != '.' || to - at < 5) {
      return false;
    }
    for (int i = at + 1; i < at + 5; i++) {
      if (!Ascii.digit(text[i])) {
        return false;
      }
    }
    byte after = Ascii.at(text, at + 5, 0, to);
    boolean goesOn = joined(after) && Ascii.digit(Ascii.at(text, at + 6, 0, to));
    return !Ascii.alphanumeric(after) && !goesOn;
  }

  private static long international(byte[] text, int to, int at) {
    int digits = 0;
    int groups = 1;
    int end = -1;
    int i = at + 1;
    if (i >= to || text[i] < '1' || text[i] > '9') {
      return NOTHING;
    }
    while (i < to) {
      int group = i;
      while (i < to && Ascii.digit(text[i])) {
        i++;
      }
      int total = digits + i - group;
      if (total > MOST) {
        break;
      }
      digits = total;
      if (digits >= (groups == 1 ? FEWEST_UNGROUPED : FEWEST)) {
        end = i;
      }
      int next = afterSeparator(text, i, to);
      if (next < 0) {
        break;
      }
      groups++;
      i = next;
    }
    return end < 0 || Ascii.letter(Ascii.at(text, end, 0, to)) ? NOTHING : Detector.span(at, end);
  }

  /** The index of the digit after one separator, or after brackets; -1 when there is none. */
  private static int afterSeparator(byte[] text, int at, int to) {
    int i = at;
    while (i < to && i - at < 2 && " -.()".indexOf(text[i]) >= 0) {
      i++;
    }
    return i > at && i < to && Ascii.digit(text[i]) ? i : -1;
  }
}
