package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/**
 * Timestamps: microseconds since 2000-01-01 00:00. Those with time zone are written in UTC,
 * whatever the session's zone.
 */
record TimestampCodec(boolean zoned) implements BinaryCodec {
  private static final long DAY = 86_400_000_000L;
  private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, 8);
    long micros = Wire.getLong(in, offset);
    if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      return false;
    }
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, DAY) + DateCodec.EPOCH_DAY);
    if (!DateCodec.appendDate(date, out)) {
      return false;
    }
    long ofDay = Math.floorMod(micros, DAY);
    LocalTime time = LocalTime.ofNanoOfDay(ofDay * 1000);
    out.append(' ');
    DateCodec.appendTwo(time.getHour(), out);
    out.append(':');
    DateCodec.appendTwo(time.getMinute(), out);
    out.append(':');
    DateCodec.appendTwo(time.getSecond(), out);
    appendFraction(ofDay % 1_000_000, out);
    if (zoned) {
      out.append("+00");
    }
    return true;
  }

  private static void appendFraction(long micros, ByteSink out) {
    if (micros != 0) {
      out.append('.');
      long rest = micros;
      for (long power = 100_000; rest != 0; power /= 10) {
        out.append((int) ('0' + rest / power));
        rest %= power;
      }
    }
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    String text = new String(in, offset, length, StandardCharsets.US_ASCII);
    String local = zoned && text.endsWith("+00") ? text.substring(0, text.length() - 3) : text;
    try {
      LocalDateTime time =
          local.length() == 10
              ? LocalDate.parse(local).atStartOfDay()
              : LocalDateTime.parse(local.replace(' ', 'T'));
      if (time.getYear() < 1 || time.getYear() > 9999) {
        return false;
      }
      out.appendLong(EPOCH.until(time, ChronoUnit.MICROS));
      return true;
    } catch (DateTimeException e) {
      return false; // not a timestamp: the caller's answer is NULL
    }
  }
}
