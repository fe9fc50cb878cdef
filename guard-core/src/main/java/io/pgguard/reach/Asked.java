package io.pgguard.reach;

import io.pgguard.catalog.SearchPath;
import io.pgguard.catalog.Trigger.Event;
import io.pgguard.internal.names.SmallSets;
import io.pgguard.statement.Name;
import java.util.Collection;
import java.util.HashSet;
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
 * @param taken OIDs of the types that the client declares for parameters
 */
public record Asked(
    NamedCode named,
    Map<Name, Set<Integer>> meant,
    @Nullable SearchPath path,
    Set<Integer> reads,
    Map<Integer, Set<Event>> changes,
    Map<Integer, Set<Integer>> updated,
    Set<Integer> taken) {
  public Asked {
    meant = Map.copyOf(meant);
    reads = SmallSets.copy(reads);
    changes = Map.copyOf(changes);
    updated = Map.copyOf(updated);
    taken = SmallSets.copy(taken);
  }

  /** A text that may write any column of what it changes. */
  public Asked(
      NamedCode named,
      @Nullable SearchPath path,
      Set<Integer> reads,
      Map<Integer, Set<Event>> changes) {
    this(named, Map.of(), path, reads, changes, Map.of(), Set.of());
  }

  /** The same, with parameters of these types; 0 leaves one to the server. */
  public Asked taking(Collection<Integer> types) {
    Set<Integer> declared = new HashSet<>(types);
    declared.remove(0);
    return declared.isEmpty()
        ? this
        : new Asked(named, meant, path, reads, changes, updated, declared);
  }
}
