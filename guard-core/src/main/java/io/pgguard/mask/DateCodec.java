package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Dates: days since 2000-01-01. Only those of the years 1 to 9999 have a text here. */
record DateCodec() implements BinaryCodec {
  /** 2000-01-01 in days since 1970-01-01. */
  static final long EPOCH_DAY = 10_957;

  @Override
  public boolean toText(byte[] in, int offset, int length, ByteSink out) {
    BinaryCodec.checkLength(length, 4);
    int days = Wire.getInt(in, offset);
    if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
      return false;
    }
    return appendDate(LocalDate.ofEpochDay(days + EPOCH_DAY), out);
  }

  static boolean appendDate(LocalDate date, ByteSink out) {
    if (date.getYear() < 1 || date.getYear() > 9999) {
      return false;
    }
    appendTwo(date.getYear() / 100, out);
    appendTwo(date.getYear() % 100, out);
    out.append('-');
    appendTwo(date.getMonthValue(), out);
    out.append('-');
    appendTwo(date.getDayOfMonth(), out);
    return true;
  }

  static void appendTwo(int value, ByteSink out) {
    out.append('0' + value / 10);
    out.append('0' + value % 10);
  }

  @Override
  public boolean fromText(byte[] in, int offset, int length, ByteSink out) {
    try {
      LocalDate date = LocalDate.parse(new String(in, offset, length, StandardCharsets.US_ASCII));
      if (date.getYear() < 1 || date.getYear() > 9999) {
        return false;
      }
      out.appendInt((int) (date.toEpochDay() - EPOCH_DAY));
      return true;
    } catch (DateTimeException e) {
      return false; // not a date: the caller's answer is NULL
    }
  }
}
