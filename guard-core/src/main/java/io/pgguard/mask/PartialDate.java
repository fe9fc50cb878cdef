package io.pgguard.mask;

import java.nio.charset.StandardCharsets;

/**
 * Keeps what of a date its first characters tell: from 4 on the year (as its first day), from 7 on
 * the month (likewise); less gives NULL, and so does a date that is not in the ISO style.
 */
final class PartialDate implements ValueMasker {
  private static final int YEAR = 4;
  private static final int MONTH = 7;
  private static final int DAY = 10;

  private final Mask.Partial mask;
  private final byte[] ending;

  PartialDate(Mask.Partial mask, ValueKind kind) {
    this.mask = mask;
    this.ending =
        switch (kind) {
          case TIMESTAMP -> " 00:00:00".getBytes(StandardCharsets.US_ASCII);
          case TIMESTAMPTZ -> " 00:00:00+00".getBytes(StandardCharsets.US_ASCII);
          default -> new byte[0];
        };
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (mask.keepFirst() < YEAR || !isIso(in, offset, length)) {
      return NULL;
    }
    boolean month = mask.keepFirst() >= MONTH;
    out.append(in, offset, month ? MONTH : YEAR);
    if (!month) {
      out.append('-');
      DateCodec.appendTwo(1, out);
    }
    out.append('-');
    DateCodec.appendTwo(1, out);
    out.append(ending);
    return APPENDED;
  }

  private static boolean isIso(byte[] in, int offset, int length) {
    if (length < DAY || in[offset + length - 1] == 'C') {
      return false;
    }
    for (int i = 0; i < DAY; i++) {
      boolean dash = i == YEAR || i == MONTH;
      if (dash ? in[offset + i] != '-' : !Ascii.digit(in[offset + i])) {
        return false;
      }
    }
    return true;
  }
}
