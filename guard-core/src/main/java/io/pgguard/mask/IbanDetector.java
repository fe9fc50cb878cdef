package io.pgguard.mask;

/**
 * International bank account numbers (ISO 13616-1): country, two check digits, 11 to 30 letters and
 * digits; together or in groups of four. One counts when its check digits are right (ISO 7064, mod
 * 97-10) and its length is the country's. So does one that has a bank code of four or more letters
 * before ten or more digits whatever its check digits: mistyped ones and test data look like this,
 * and little else does.
 */
record IbanDetector() implements Detector {
  private static final int FEWEST = 15;
  private static final int MOST = 34;

  @Override
  public String name() {
    return "iban";
  }

  @Override
  public boolean anchors(int unit) {
    return unit >= 'A' && unit <= 'Y';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    if (to - at < FEWEST
        || !Ascii.upper(text[at + 1])
        || !Ascii.digit(text[at + 2])
        || !Ascii.digit(text[at + 3])
        || Ascii.alphanumeric(Ascii.at(text, at - 1, from, to))) {
      return NOTHING;
    }
    int length = IbanCountries.length(text[at], text[at + 1]);
    if (length == 0) {
      return NOTHING;
    }
    int end = end(text, at, to, length);
    if (end > 0 && checks(text, at, end)) {
      return Detector.span(at, end);
    }
    int mistyped = mistyped(text, at, to);
    return mistyped > 0 ? Detector.span(at, mistyped) : NOTHING;
  }

  /** The index after so many letters and digits, when the number ends there; else -1. */
  private static int end(byte[] text, int at, int to, int length) {
    int count = 0;
    int i = at;
    while (i < to && count < length) {
      boolean between = text[i] == ' ' && count % 4 == 0;
      if (!between) {
        if (!Ascii.digit(text[i]) && !Ascii.upper(text[i])) {
          return -1;
        }
        count++;
      } else if (text[i - 1] == ' ') {
        return -1;
      }
      i++;
    }
    return count == length && !Ascii.alphanumeric(Ascii.at(text, i, at, to)) ? i : -1;
  }

  /** The number with its first four characters moved to the end, letters as 10 to 35, mod 97. */
  private static boolean checks(byte[] text, int start, int end) {
    int remainder = 0;
    for (int i = start + 4; i < end; i++) {
      remainder = step(remainder, text[i]);
    }
    for (int i = start; i < start + 4; i++) {
      remainder = step(remainder, text[i]);
    }
    return remainder == 1;
  }

  private static int step(int remainder, byte b) {
    if (b == ' ') {
      return remainder;
    }
    return Ascii.digit(b) ? (remainder * 10 + b - '0') % 97 : (remainder * 100 + b - 'A' + 10) % 97;
  }

  private static int mistyped(byte[] text, int at, int to) {
    int letters = at + 4;
    int i = letters;
    while (i < to && Ascii.upper(text[i])) {
      i++;
    }
    int digits = i;
    while (i < to && Ascii.digit(text[i])) {
      i++;
    }
    boolean shape = digits - letters >= 4 && i - digits >= 10 && i - at <= MOST;
    return shape && !Ascii.alphanumeric(Ascii.at(text, i, at, to)) ? i : -1;
  }
}
