package io.pgguard.mask;

/**
 * Private keys in the textual encoding (RFC 7468), of OpenSSH and of OpenPGP. A key that is cut off
 * counts up to where its text ends.
 */
record PrivateKeyDetector() implements Detector {
  private static final String BEGIN = "-----BEGIN ";
  private static final String KEY = "PRIVATE KEY";
  private static final String END = "-----END ";
  private static final int MOST_LABEL = 40;

  @Override
  public String name() {
    return "private-key";
  }

  @Override
  public boolean anchors(int unit) {
    return unit == '-';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    if (!Ascii.startsWith(text, at, to, BEGIN)) {
      return NOTHING;
    }
    int i = at + BEGIN.length();
    int last = Math.min(to, i + MOST_LABEL);
    while (i < last && !Ascii.startsWith(text, i, to, KEY)) {
      if (!Ascii.upper(text[i]) && !Ascii.digit(text[i]) && text[i] != ' ') {
        return NOTHING;
      }
      i++;
    }
    if (i >= last) {
      return NOTHING;
    }
    i += KEY.length();
    while (i < to && body(text[i]) && !Ascii.startsWith(text, i, to, END)) {
      i++;
    }
    if (i < to && text[i] == '-') {
      i += END.length();
      while (i < to && (Ascii.upper(text[i]) || Ascii.digit(text[i]) || text[i] == ' ')) {
        i++;
      }
      while (i < to && text[i] == '-') {
        i++;
      }
    }
    return Detector.span(at, i);
  }

  /**
   * What a key's text has, with the headers of older forms and the line ends that JSON escapes; no
   * quote, so that nothing around it is torn.
   */
  private static boolean body(byte b) {
    return Ascii.alphanumeric(b) || " \t\r\n\\+/=-:,.;@()<>_".indexOf(b) >= 0;
  }
}
