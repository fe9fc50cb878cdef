package io.pgguard.lineage;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is known of the way of columns through one statement. Immutable. */
public sealed interface Lineage {

  /**
   * Every token of the text is accounted for and every name resolved.
   *
   * @param outputs one for each result column in order; empty for a statement without a result
   * @param influences the columns that influence what appears
   * @param writes what is written and from what
   * @param reads OIDs of the relations that are read, at any depth of views
   * @param writesRelations OIDs of the relations that are written
   */
  record Known(
      List<OutputLineage> outputs,
      Set<Influence> influences,
      List<WriteFlow> writes,
      Set<Integer> reads,
      Set<Integer> writesRelations)
      implements Lineage {
    public Known {
      outputs = List.copyOf(outputs);
      influences = Set.copyOf(influences);
      writes = List.copyOf(writes);
      reads = Set.copyOf(reads);
      writesRelations = Set.copyOf(writesRelations);
    }
  }

  /**
   * Nothing may be concluded: layer 2 stands.
   *
   * @param reason why, for people and for the printed statistics
   */
  record Unknown(String reason) implements Lineage {
    public Unknown {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
