package io.pgguard.reach;

import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.internal.names.SmallSets;
import io.pgguard.statement.Name;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a text itself asks for, from which its reach follows. Immutable.
 *
 * @param named what it may call by name
 * @param meant OIDs of the functions that a name of them stands for; where it is not here, any of
 *     that name
 * @param path where its names are looked for; null for any schema
 * @param reads OIDs of the relations that it reads, views' own ones too
 * @param changes OIDs of the relations that it changes, and how
 * @param updated attribute numbers of the columns that it writes, by the relation's OID; a relation
 *     that is not here may have any of them written
 */
public record Asked(
    NamedCode named,
    Map<Name, Set<Integer>> meant,
    @Nullable SearchPath path,
    Set<Integer> reads,
    Map<Integer, Set<Event>> changes,
    Map<Integer, Set<Integer>> updated) {
  public Asked {
    meant = Map.copyOf(meant);
    reads = SmallSets.copy(reads);
    changes = Map.copyOf(changes);
    updated = Map.copyOf(updated);
  }

  /** A text that may write any column of what it changes. */
  public Asked(
      NamedCode named,
      @Nullable SearchPath path,
      Set<Integer> reads,
      Map<Integer, Set<Event>> changes) {
    this(named, Map.of(), path, reads, changes, Map.of());
  }
}
