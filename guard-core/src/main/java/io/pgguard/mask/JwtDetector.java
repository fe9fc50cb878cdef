package io.pgguard.mask;

/**
 * JSON Web Tokens (RFC 7519; compact serialisation of RFC 7515 and 7516): base64url parts with dots
 * between, of which the first is a JSON object and so begins with {@code eyJ}.
 */
record JwtDetector() implements Detector {
  private static final int FEWEST = 8;

  @Override
  public String name() {
    return "jwt";
  }

  @Override
  public boolean anchors(int unit) {
    return unit == 'e';
  }

  @Override
  public long find(byte[] text, int from, int to, int at) {
    if (to - at < 3 || text[at + 1] != 'y' || text[at + 2] != 'J') {
      return NOTHING;
    }
    int first = partEnd(text, at, to);
    if (first - at < FEWEST || first >= to || text[first] != '.') {
      return NOTHING;
    }
    int end = partEnd(text, first + 1, to);
    if (end - first - 1 < FEWEST) {
      return NOTHING;
    }
    for (int part = 2; part < 5 && end < to && text[end] == '.'; part++) {
      int next = partEnd(text, end + 1, to);
      if (next == end + 1) {
        break;
      }
      end = next;
    }
    return Detector.span(at, end);
  }

  private static int partEnd(byte[] text, int from, int to) {
    int i = from;
    while (i < to && (Ascii.alphanumeric(text[i]) || text[i] == '-' || text[i] == '_')) {
      i++;
    }
    return i;
  }
}
