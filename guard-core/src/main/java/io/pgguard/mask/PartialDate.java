package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/**
 * Keeps what of a date its first characters tell: from 4 on the year (as its first day), from 7 on
 * the month (likewise); less gives NULL, and so does a date that is not in the ISO style. What has
 * a time zone counts at +00, whatever zone the session has set.
 */
final class PartialDate implements ValueMasker {
  private static final int YEAR = 4;
  private static final int MONTH = 7;

  private final Mask.Partial mask;
  private final ValueKind kind;
  private final byte[] ending;

  PartialDate(Mask.Partial mask, ValueKind kind) {
    this.mask = mask;
    this.kind = kind;
    this.ending =
        switch (kind) {
          case TIMESTAMP -> " 00:00:00".getBytes(StandardCharsets.US_ASCII);
          case TIMESTAMPTZ -> " 00:00:00+00".getBytes(StandardCharsets.US_ASCII);
          default -> new byte[0];
        };
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (mask.keepFirst() < YEAR) {
      return NULL;
    }
    LocalDate date = IsoDate.read(in, offset, length, kind == ValueKind.TIMESTAMPTZ);
    if (date == null) {
      return NULL;
    }
    LocalDate first = date.withDayOfMonth(1);
    if (!DateCodec.appendDate(mask.keepFirst() < MONTH ? first.withMonth(1) : first, out)) {
      return NULL;
    }
    out.append(ending);
    return APPENDED;
  }
}
