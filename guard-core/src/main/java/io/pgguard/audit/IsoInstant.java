package io.pgguard.audit;

import java.time.Instant;

/** Instants as a quoted ISO 8601 text in UTC with nine digits of a second, without allocation. */
final class IsoInstant {
  private static final int SECONDS_A_DAY = 86_400;
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private IsoInstant() {}

  /** Writes {@code "2026-11-22T01:02:03.000000004Z"} and tells where it ends. */
  static int write(Instant instant, byte[] target, int at) {
    long seconds = instant.getEpochSecond();
    if (seconds < FIRST || seconds > LAST) {
      byte[] text = JsonLine.ascii('"' + instant.toString() + '"');
      System.arraycopy(text, 0, target, at, text.length);
      return at + text.length;
    }
    int i = at;
    target[i++] = '"';
    i = date(Math.floorDiv(seconds, SECONDS_A_DAY), target, i);
    target[i++] = 'T';
    int second = Math.floorMod(seconds, SECONDS_A_DAY);
    i = Decimal.padded(second / 3600, 2, target, i);
    target[i++] = ':';
    i = Decimal.padded(second / 60 % 60, 2, target, i);
    target[i++] = ':';
    i = Decimal.padded(second % 60, 2, target, i);
    target[i++] = '.';
    i = Decimal.padded(instant.getNano(), 9, target, i);
    target[i++] = 'Z';
    target[i++] = '"';
    return i;
  }

  /**
   * The Gregorian date of a day counted from 1970-01-01. Years are taken to begin in March, so that
   * the leap day is their last: then a month's first day is a linear function of its number.
   */
  private static int date(long epochDay, byte[] target, int at) {
    long day = epochDay + 719_468; // days from 0000-03-01
    long era = Math.floorDiv(day, 146_097);
    int dayOfEra = (int) (day - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    int i = Decimal.padded(year, 4, target, at);
    target[i++] = '-';
    i = Decimal.padded(month, 2, target, i);
    target[i++] = '-';
    return Decimal.padded(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2, target, i);
  }
}
