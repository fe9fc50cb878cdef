package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;

/**
 * An enabled event trigger ({@code pg_event_trigger}). Immutable.
 *
 * @param function OID of its function
 * @param event such as {@code ddl_command_end} or {@code login}
 * @param tags the command tags that set it off; empty for all
 */
public record EventTrigger(int function, String event, List<String> tags) {
  public EventTrigger {
    Objects.requireNonNull(event, "event");
    tags = List.copyOf(tags);
  }
}
