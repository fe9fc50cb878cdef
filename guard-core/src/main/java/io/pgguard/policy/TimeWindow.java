package io.pgguard.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time of days of the week, by the clocks of a zone. One that ends before it begins lasts over
 * midnight and belongs to the day on which it begins. Immutable and thread-safe.
 *
 * @param days on which it begins
 * @param from when it begins, inclusive; null for the whole day
 * @param to when it ends, exclusive; null for the whole day
 * @param zone whose clocks count
 */
record TimeWindow(
    Set<DayOfWeek> days, @Nullable LocalTime from, @Nullable LocalTime to, ZoneId zone) {
  TimeWindow {
    days = Set.copyOf(days);
    Objects.requireNonNull(zone, "zone");
  }

  /** Whether a moment is within it. */
  boolean holds(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    DayOfWeek today = local.getDayOfWeek();
    if (from == null || to == null) {
      return days.contains(today);
    }
    LocalTime time = local.toLocalTime();
    if (from.isBefore(to)) {
      return days.contains(today) && !time.isBefore(from) && time.isBefore(to);
    }
    return days.contains(today) && !time.isBefore(from)
        || days.contains(today.minus(1)) && time.isBefore(to);
  }
}
