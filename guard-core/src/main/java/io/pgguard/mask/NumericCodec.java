package io.pgguard.mask;

/**
 * The numeric type: a header of four 16-bit numbers (count of digits, weight of the first, sign,
 * decimals shown), then digits to the base 10000 (source file numeric.c, numeric_send).
 */
record NumericCodec() implements BinaryCodec {
  private static final int HEADER = 8;
  private static final int NEGATIVE = 0x4000;
  private static final int MOST_DIGITS = 100_000;

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    int digits = length < HEADER ? -1 : Wire.getShort(in, offset);
    if (digits < 0 || length != HEADER + 2 * digits) {
      throw new MalformedRowException("a binary numeric value does not have the digits it counts");
    }
    int weight = Wire.getShort(in, offset + 2);
    int sign = Wire.getShort(in, offset + 4) & 0xffff;
    int scale = Wire.getShort(in, offset + 6);
    if (sign != 0 && sign != NEGATIVE || scale < 0) {
      return false; // NaN and the infinities
    }
    if (sign == NEGATIVE) {
      out.append('-');
    }
    int start = out.length();
    for (int group = 0; group <= weight; group++) {
      int value = group < digits ? Wire.getShort(in, offset + HEADER + 2 * group) : 0;
      appendGroup(value, 4, out.length() == start, out);
    }
    if (out.length() == start) {
      out.append('0');
    }
    if (scale > 0) {
      out.append('.');
      for (int shown = 0; shown < scale; shown += 4) {
        int group = weight + 1 + shown / 4;
        boolean there = group >= 0 && group < digits;
        int value = there ? Wire.getShort(in, offset + HEADER + 2 * group) : 0;
        appendGroup(value, Math.min(4, scale - shown), false, out);
      }
    }
    return true;
  }

  private static void appendGroup(int value, int shown, boolean leading, ByteSink out) {
    boolean skip = leading;
    int power = 1000;
    for (int i = 0; i < shown; i++) {
      int digit = value / power % 10;
      power /= 10;
      skip &= digit == 0;
      if (!skip) {
        out.append('0' + digit);
      }
    }
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    boolean minus = length > 0 && in[offset] == '-';
    int first = minus ? offset + 1 : offset;
    int point = first;
    while (point < end && in[point] != '.') {
      point++;
    }
    int scale = Math.max(0, end - point - 1);
    int whole = point - first;
    if (whole + scale == 0 || whole + scale > MOST_DIGITS || !allDigits(in, first, point, end)) {
      return false;
    }
    int groupsBefore = (whole + 3) / 4;
    int groups = groupsBefore + (scale + 3) / 4;
    int lead = 0;
    while (lead < groups && group(in, first, point, end, lead - groupsBefore) == 0) {
      lead++;
    }
    int last = groups;
    while (last > lead && group(in, first, point, end, last - 1 - groupsBefore) == 0) {
      last--;
    }
    boolean zero = lead == last;
    out.appendShort(last - lead);
    out.appendShort(zero ? 0 : groupsBefore - 1 - lead);
    out.appendShort(minus && !zero ? NEGATIVE : 0);
    out.appendShort(scale);
    for (int i = lead; i < last; i++) {
      out.appendShort(group(in, first, point, end, i - groupsBefore));
    }
    return true;
  }

  private static boolean allDigits(byte[] in, int first, int point, int end) {
    for (int i = first; i < end; i++) {
      if (i != point && (in[i] < '0' || in[i] > '9')) {
        return false;
      }
    }
    return true;
  }

  /** The group of four digits that starts {@code 4 * index} places right of the point. */
  private static int group(byte[] in, int first, int point, int end, int index) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int place = 4 * index + i;
      int at = place < 0 ? point + place : point + 1 + place;
      value = value * 10 + (at >= first && at < end ? in[at] - '0' : 0);
    }
    return value;
  }
}
