package io.pgguard.policy;

import io.pgguard.internal.names.SmallSets;
import java.util.Set;

/**
 * What a statement makes the server do besides what it asks for: through functions, triggers, row
 * policies, defaults and the like. Rules that stop look at it too. Immutable and thread-safe.
 *
 * @param kinds words of what it does besides its own kinds: the query of a change, what a MERGE
 *     does
 * @param reads relations that may be read, {@code schema.relation}
 * @param writes relations that may be changed, {@code schema.relation}
 * @param functions functions that may be called, {@code schema.name(type, type)}
 * @param open whether it may do more than that: it runs code whose words are not known
 */
public record Besides(
    Set<String> kinds, Set<String> reads, Set<String> writes, Set<String> functions, boolean open) {
  /** Nothing besides. */
  public static final Besides NOTHING = new Besides(Set.of(), Set.of(), Set.of(), Set.of(), false);

  public Besides {
    kinds = SmallSets.copy(kinds);
    reads = SmallSets.copy(reads);
    writes = SmallSets.copy(writes);
    functions = SmallSets.copy(functions);
  }
}
