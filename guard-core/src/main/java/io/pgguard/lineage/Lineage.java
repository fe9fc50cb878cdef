package io.pgguard.lineage;

import io.pgguard.internal.names.SmallSets;
import io.pgguard.reach.CalledFunction;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * @param made the columns of the relation that it makes from a query, or null
   * @param temporary whether a temporary relation is read
   */
  record Known(
      List<OutputLineage> outputs,
      Set<Influence> influences,
      List<WriteFlow> writes,
      Set<Integer> reads,
      Set<Integer> writesRelations,
      Set<CalledFunction> calls,
      @Nullable MadeColumns made,
      boolean temporary)
      implements Lineage {
    public Known {
      outputs = List.copyOf(outputs);
      influences = SmallSets.copy(influences);
      writes = List.copyOf(writes);
      reads = SmallSets.copy(reads);
      writesRelations = SmallSets.copy(writesRelations);
      calls = SmallSets.copy(calls);
    }

    /** The same, which calls these too. */
    Known calling(Set<CalledFunction> more) {
      if (more.isEmpty()) {
        return this;
      }
      Set<CalledFunction> all = new HashSet<>(calls);
      all.addAll(more);
      return new Known(outputs, influences, writes, reads, writesRelations, all, made, temporary);
    }

    /** The lineage of a statement that makes no relation and reads no temporary one. */
    public Known(
        List<OutputLineage> outputs,
        Set<Influence> influences,
        List<WriteFlow> writes,
        Set<Integer> reads,
        Set<Integer> writesRelations,
        Set<CalledFunction> calls) {
      this(outputs, influences, writes, reads, writesRelations, calls, null, false);
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
