package io.pgguard.reach;

import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger.Event;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text itself asks for, from which its reach follows. Immutable.
 *
 * @param named what it may call by name
 * @param path where its names are looked for; null for any schema
 * @param reads OIDs of the relations that it reads, views' own ones too
 * @param changes OIDs of the relations that it changes, and how
 */
public record Asked(
    NamedCode named,
    @Nullable SearchPath path,
    Set<Integer> reads,
    Map<Integer, Set<Event>> changes) {
  public Asked {
    reads = Set.copyOf(reads);
    changes = Map.copyOf(changes);
  }
}
