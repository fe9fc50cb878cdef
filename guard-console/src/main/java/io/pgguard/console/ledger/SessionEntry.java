package io.pgguard.console.ledger;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A session as the log tells of it so far. Immutable.
 *
 * @param id its id
 * @param opened when it began
 * @param person who asked
 * @param agent through which agent, or null
 * @param model the model behind it, or null
 * @param database where
 * @param edge how it came in
 * @param closed when it ended, or null
 * @param why why it ended, or null
 * @param statements how many statements were decided
 * @param held how many of them waited for people
 * @param denied how many were refused
 * @param masked how many values were masked
 * @param last when anything happened last
 */
public record SessionEntry(
    String id,
    Instant opened,
    String person,
    @Nullable String agent,
    @Nullable String model,
    String database,
    String edge,
    @Nullable Instant closed,
    @Nullable String why,
    long statements,
    long held,
    long denied,
    long masked,
    Instant last) {

  SessionEntry decided(String outcome, Instant at) {
    return new SessionEntry(
        id,
        opened,
        person,
        agent,
        model,
        database,
        edge,
        closed,
        why,
        statements + 1,
        held + (outcome.equals("approve") ? 1 : 0),
        denied + (outcome.equals("deny") ? 1 : 0),
        masked,
        at);
  }

  SessionEntry masked(long more, Instant at) {
    return new SessionEntry(
        id,
        opened,
        person,
        agent,
        model,
        database,
        edge,
        closed,
        why,
        statements,
        held,
        denied,
        masked + more,
        at);
  }

  SessionEntry ended(Instant at, String reason) {
    return new SessionEntry(
        id,
        opened,
        person,
        agent,
        model,
        database,
        edge,
        at,
        reason,
        statements,
        held,
        denied,
        masked,
        at);
  }

  /** Whether a search finds it: every word is in one of its texts. */
  boolean fits(String search) {
    String all =
        (id + ' ' + person + ' ' + agent + ' ' + model + ' ' + database).toLowerCase(Locale.ROOT);
    for (String word : search.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }
}
