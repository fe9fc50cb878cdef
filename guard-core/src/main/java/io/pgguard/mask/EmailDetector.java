package io.pgguard.mask;

/**
 * E-mail addresses as they are used: a dot-atom (RFC 5322, section 3.2.3; other scripts too, RFC
 * 6531), the sign, and a domain name with a top level of letters.
 */
record EmailDetector() implements Detector {
  private static final int MOST_LOCAL = 256;

  @Override
  public String name() {
    return "email";
  }

  @Override
  public boolean anchors(int unit) {
    return unit == '@';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    int start = at;
    int least = Math.max(from, at - MOST_LOCAL);
    while (start > least && local(text[start - 1])) {
      start--;
    }
    while (start < at && (text[start] == '.' || text[start] == '\'')) {
      start++;
    }
    int end = domainEnd(text, at + 1, to);
    return start < at && end > 0 ? Detector.span(start, end) : NOTHING;
  }

  private static boolean local(byte b) {
    return b < 0
        || Ascii.alphanumeric(b)
        || b == '.'
        || b == '_'
        || b == '-'
        || b == '+'
        || b == '%'
        || b == '\'';
  }

  /** The index after the last label that can be a top level; -1 when there is none. */
  private static int domainEnd(byte[] text, int from, int to) {
    int end = -1;
    int at = from;
    for (int labels = 0; ; labels++) {
      int start = at;
      boolean letters = true;
      while (at < to && (Ascii.alphanumeric(text[at]) || text[at] == '-' || text[at] < 0)) {
        letters &= Ascii.letter(text[at]) || text[at] < 0;
        at++;
      }
      if (at == start) {
        return end;
      }
      boolean top = letters && at - start >= 2 || Ascii.startsWith(text, start, at, "xn--");
      if (labels > 0 && top) {
        end = at;
      }
      if (at >= to || text[at] != '.') {
        return end;
      }
      at++;
    }
  }
}
