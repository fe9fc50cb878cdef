package io.pgguard.console.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log tells of sessions and of what was decided when. It is read from the log itself
 * and goes on where it stopped, so that a restart loses nothing of it. Thread-safe.
 */
public final class Ledger {
  /** How many sessions are kept; of more the oldest are forgotten here, not in the log. */
  public static final int MOST_SESSIONS = 20_000;

  /** How many minutes are kept: a week. */
  public static final int MOST_MINUTES = 7 * 24 * 60;

  private static final long SECONDS = 60;

  private final LogTail tail;
  private final Map<String, SessionEntry> sessions = new LinkedHashMap<>();
  private final TreeMap<Long, Minute> minutes = new TreeMap<>();

  public Ledger(Path auditDirectory) {
    this.tail = new LogTail(auditDirectory);
  }

  /**
   * Reads what is new in the log.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  public synchronized void catchUp() {
    try {
      tail.read(this::take);
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be read", e);
    }
  }

  private void take(JsonNode event) {
    Instant at = Instant.parse(event.path("at").asText("1970-01-01T00:00:00Z"));
    switch (event.path("type").asText()) {
      case "SessionOpened" -> opened(event, at);
      case "SessionClosed" -> change(event, s -> s.ended(at, event.path("why").asText()));
      case "SessionLost" -> change(event, s -> s.ended(at, "the process ended"));
      case "StatementDecided" -> {
        String outcome = event.path("outcome").asText();
        change(event, s -> s.decided(outcome, at));
        count(at, Minute.of(outcome));
      }
      case "StatementCompleted" -> {
        long masked = event.path("masked").size() * event.path("rows").asLong();
        change(event, s -> s.masked(masked, at));
        count(at, new Minute(0, 0, 0, masked));
      }
      default -> {} // nothing of it is counted
    }
  }

  private void opened(JsonNode event, Instant at) {
    JsonNode who = event.path("principal");
    String id = event.path("session").asText();
    sessions.put(
        id,
        new SessionEntry(
            id,
            at,
            who.path("subject").asText(),
            optional(who.path("agent")),
            optional(who.path("model")),
            event.path("database").asText(),
            event.path("edge").asText(),
            null,
            null,
            0,
            0,
            0,
            0,
            at));
    if (sessions.size() > MOST_SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
    }
  }

  private static @Nullable String optional(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private void change(JsonNode event, UnaryOperator<SessionEntry> step) {
    sessions.computeIfPresent(event.path("session").asText(), (id, before) -> step.apply(before));
  }

  private void count(Instant at, Minute more) {
    minutes.merge(at.getEpochSecond() / SECONDS, more, Minute::plus);
    while (minutes.size() > MOST_MINUTES) {
      minutes.pollFirstEntry();
    }
  }

  /** The sessions that a search finds, the latest first. */
  public synchronized List<SessionEntry> sessions(String search, int most) {
    List<SessionEntry> found = new ArrayList<>();
    List<SessionEntry> all = new ArrayList<>(sessions.values());
    Collections.reverse(all);
    for (SessionEntry each : all) {
      if (found.size() < most && (search.isBlank() || each.fits(search))) {
        found.add(each);
      }
    }
    return found;
  }

  /** One session. */
  public synchronized Optional<SessionEntry> session(String id) {
    return Optional.ofNullable(sessions.get(id));
  }

  /** How many sessions are open. */
  public synchronized long open() {
    return sessions.values().stream().filter(each -> each.closed() == null).count();
  }

  /**
   * What happened in the steps before a time, the oldest first.
   *
   * @param stepMinutes how many minutes each step has
   */
  public synchronized List<Minute> steps(Instant until, int steps, int stepMinutes) {
    long end = until.getEpochSecond() / SECONDS + 1;
    List<Minute> found = new ArrayList<>();
    for (int i = steps; i > 0; i--) {
      Minute sum = Minute.NOTHING;
      long from = end - (long) i * stepMinutes;
      for (Minute each : minutes.subMap(from, from + stepMinutes).values()) {
        sum = sum.plus(each);
      }
      found.add(sum);
    }
    return found;
  }
}
