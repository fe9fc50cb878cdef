package io.pgguard.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as pages write them; a page's script shows them in the browser's own zone. */
public final class Times {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /** As people read it, in UTC. */
  public static String text(Instant at) {
    return UTC.format(at);
  }

  /** As machines read it. */
  public static String machine(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** A duration in nanoseconds. */
  public static String nanos(long nanos) {
    if (nanos < 1_000_000) {
      return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
    return nanos < 1_000_000_000L
        ? String.format(Locale.ROOT, "%.0f ms", nanos / 1e6)
        : span(Duration.ofNanos(nanos));
  }

  /** A duration, to the second. */
  public static String span(Duration span) {
    long seconds = Math.max(0, span.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds < 86_400
        ? seconds / 3600 + " h " + seconds % 3600 / 60 + " min"
        : seconds / 86_400 + " d " + seconds % 86_400 / 3600 + " h";
  }
}
