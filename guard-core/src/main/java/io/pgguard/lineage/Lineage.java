package io.pgguard.lineage;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What is known of the way of columns through one statement. Immutable. */
public sealed interface Lineage {

  /**
   * Every token of the text is accounted for and every name resolved.
   *
   * @param outputs one for each result column in order; empty for a statement without a result.
   *     What a view's column is made of stands beside the view's own column. {@link Flow#INFLUENCE}
   *     sources of an output stand among the influences too, except those inside views
   * @param influences the columns that influence what appears
   * @param writes what is written and from what, also by functions with side effects
   * @param reads OIDs of the relations that are read, at any depth of views, with their inheritance
   *     children and partitions
   * @param writesRelations OIDs of the relations that are written, with their inheritance children
   *     and partitions and what an updatable view stands on
   * @param calls the functions, operators and casts that the text names itself
   */
  record Known(
      List<OutputLineage> outputs,
      Set<Influence> influences,
      List<WriteFlow> writes,
      Set<Integer> reads,
      Set<Integer> writesRelations,
      Set<CalledFunction> calls)
      implements Lineage {
    public Known {
      outputs = List.copyOf(outputs);
      influences = Set.copyOf(influences);
      writes = List.copyOf(writes);
      reads = Set.copyOf(reads);
      writesRelations = Set.copyOf(writesRelations);
      calls = Set.copyOf(calls);
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
