package io.pgguard.mask;

/**
 * Social security numbers of the United States as they are written, ddd-dd-dddd. Areas from 900 on
 * count though none is issued: test data and tax numbers use them. Nine digits without dashes do
 * not count: too much else has nine digits.
 */
record SsnDetector() implements Detector {
  private static final int LENGTH = 11;

  @Override
  public String name() {
    return "us-ssn";
  }

  @Override
  public boolean anchors(int unit) {
    return unit == '-';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    int start = at - 3;
    int end = start + LENGTH;
    if (start < from || end > to || text[at + 3] != '-') {
      return NOTHING;
    }
    for (int i = start; i < end; i++) {
      if (i != at && i != at + 3 && !Ascii.digit(text[i])) {
        return NOTHING;
      }
    }
    boolean issued =
        !zeros(text, start, 3) && !zeros(text, start + 4, 2) && !zeros(text, start + 7, 4);
    return issued && alone(text, from, to, start, end) ? Detector.span(start, end) : NOTHING;
  }

  private static boolean zeros(byte[] text, int at, int count) {
    for (int i = at; i < at + count; i++) {
      if (text[i] != '0') {
        return false;
      }
    }
    return true;
  }

  /** Whether neither digits nor dashes with digits go on at either side. */
  private static boolean alone(byte[] text, int from, int to, int start, int end) {
    byte before = Ascii.at(text, start - 1, from, to);
    byte after = Ascii.at(text, end, from, to);
    return !Ascii.digit(before)
        && !Ascii.digit(after)
        && !(before == '-' && Ascii.digit(Ascii.at(text, start - 2, from, to)))
        && !(after == '-' && Ascii.digit(Ascii.at(text, end + 1, from, to)));
  }
}
