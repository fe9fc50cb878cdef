package io.pgguard.mask;

/**
 * Keeps the first character and the domain of an address ({@code c***@example.com}). An address of
 * one character before the sign keeps none; what is no address is redacted.
 */
final class EmailText implements ValueMasker {

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    int sign = sign(in, offset, end);
    if (sign <= offset || !isDomain(in, sign + 1, end)) {
      out.append(Redaction.TEXT);
      return APPENDED;
    }
    int firstEnd = Utf8.skip(in, offset, sign, 1);
    if (firstEnd < sign) {
      out.append(in, offset, firstEnd - offset);
    }
    out.append('*');
    out.append('*');
    out.append('*');
    out.append(in, sign, end - sign);
    return APPENDED;
  }

  /** Where the only @ stands; -1 when there is none, or more, or white space or a quote. */
  private static int sign(byte[] in, int offset, int end) {
    int sign = -1;
    for (int i = offset; i < end; i++) {
      byte b = in[i];
      if (b == '@') {
        if (sign >= 0) {
          return -1;
        }
        sign = i;
      } else if (b >= 0 && b <= ' ' || b == '"' || b == '\\') {
        return -1;
      }
    }
    return sign;
  }

  private static boolean isDomain(byte[] in, int from, int end) {
    int lastDot = -1;
    for (int i = from; i < end; i++) {
      if (in[i] == '.') {
        if (i == from || lastDot == i - 1) {
          return false;
        }
        lastDot = i;
      } else if (!Ascii.alphanumeric(in[i]) && in[i] != '-') {
        return false;
      }
    }
    return lastDot > from && end - lastDot > 2 && Ascii.letter(in[end - 1]);
  }
}
