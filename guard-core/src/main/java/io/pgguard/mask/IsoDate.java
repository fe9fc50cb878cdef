package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the day of a date or timestamp in the ISO style (PostgreSQL documentation, "Date/Time
 * Output"). Stateless.
 */
final class IsoDate {
  /** The longest text of a timestamp with its zone and era. */
  private static final int LONGEST = 48;

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4,7})-(\\d\\d)-(\\d\\d)"
              + "(?: (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.\\d{1,6})?"
              + "(?:([+-])(\\d{2,3})(?::(\\d\\d))?(?::(\\d\\d))?)?)?( BC)?");

  private IsoDate() {}

  /**
   * The day, at +00 where there is a zone; null for what is no such text.
   *
   * @param zoned whether the text has to name a zone
   */
  static @Nullable LocalDate read(byte[] in, int offset, int length, boolean zoned) {
    if (length > LONGEST) {
      return null;
    }
    Matcher read = FORM.matcher(new String(in, offset, length, StandardCharsets.ISO_8859_1));
    if (!read.matches() || zoned && read.group(7) == null) {
      return null;
    }
    try {
      int year = Integer.parseInt(read.group(1));
      LocalDate date =
          LocalDate.of(read.group(11) == null ? year : 1 - year, number(read, 2), number(read, 3));
      if (!zoned) {
        return date;
      }
      LocalTime time = LocalTime.of(number(read, 4), number(read, 5), number(read, 6));
      long ahead = number(read, 8) * 3600L + number(read, 9) * 60L + number(read, 10);
      return LocalDateTime.of(date, time)
          .minusSeconds("-".equals(read.group(7)) ? -ahead : ahead)
          .toLocalDate();
    } catch (DateTimeException e) {
      return null; // no day of the calendar: the answer
    }
  }

  private static int number(Matcher read, int group) {
    String digits = read.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
