package io.pgguard.lineage;

import java.util.HashSet;
import java.util.Set;

/**
 * The columns that feed a value, each with its strongest flow. Immutable; kept as sorted arrays,
 * since a statement joins thousands of them.
 */
final class Sources {
  static final Sources NONE = new Sources(new long[0], new byte[0]);
  private static final Flow[] FLOWS = Flow.values();
  private static final byte INFLUENCE = (byte) Flow.INFLUENCE.ordinal();
  private static final byte DERIVE = (byte) Flow.DERIVE.ordinal();
  private static final byte COPY = (byte) Flow.COPY.ordinal();

  private final long[] keys;
  private final byte[] flows;

  private Sources(long[] keys, byte[] flows) {
    this.keys = keys;
    this.flows = flows;
  }

  /** Takes each source in order of OID and number. */
  interface Each {
    void accept(int relationOid, int number, Flow flow);
  }

  static long key(int relationOid, int number) {
    return ((long) relationOid << 32) | (number & 0xffffffffL);
  }

  static Sources copyOf(int relationOid, int number) {
    return new Sources(new long[] {key(relationOid, number)}, new byte[] {COPY});
  }

  static Sources of(Iterable<ColumnSource> sources) {
    Sources all = NONE;
    for (ColumnSource source : sources) {
      all =
          all.with(
              new Sources(
                  new long[] {key(source.relationOid(), source.number())},
                  new byte[] {(byte) source.flow().ordinal()}));
    }
    return all;
  }

  boolean isEmpty() {
    return keys.length == 0;
  }

  /** Whether there is a source and each one is copied. */
  boolean allCopies() {
    for (byte flow : flows) {
      if (flow != COPY) {
        return false;
      }
    }
    return flows.length > 0;
  }

  /** Both, with the stronger flow where both have a column. */
  Sources with(Sources other) {
    if (other == this || other.keys.length == 0) {
      return this;
    }
    if (keys.length == 0) {
      return other;
    }
    long[] joined = new long[keys.length + other.keys.length];
    byte[] strongest = new byte[joined.length];
    int i = 0;
    int j = 0;
    int n = 0;
    while (i < keys.length || j < other.keys.length) {
      boolean mine = j == other.keys.length || (i < keys.length && keys[i] <= other.keys[j]);
      boolean both = mine && j < other.keys.length && keys[i] == other.keys[j];
      joined[n] = mine ? keys[i] : other.keys[j];
      strongest[n] =
          both ? (byte) Math.max(flows[i], other.flows[j]) : mine ? flows[i] : other.flows[j];
      n++;
      i += mine ? 1 : 0;
      j += !mine || both ? 1 : 0;
    }
    return n == joined.length
        ? new Sources(joined, strongest)
        : new Sources(java.util.Arrays.copyOf(joined, n), java.util.Arrays.copyOf(strongest, n));
  }

  /** The same columns after an operation on the value. */
  Sources derived() {
    return atMost(DERIVE);
  }

  /** The same columns when they only decide about a value. */
  Sources influencing() {
    return atMost(INFLUENCE);
  }

  private Sources atMost(byte limit) {
    boolean same = true;
    for (byte flow : flows) {
      same &= flow <= limit;
    }
    if (same) {
      return this;
    }
    byte[] weaker = new byte[flows.length];
    for (int i = 0; i < flows.length; i++) {
      weaker[i] = (byte) Math.min(flows[i], limit);
    }
    return new Sources(keys, weaker);
  }

  void each(Each each) {
    for (int i = 0; i < keys.length; i++) {
      each.accept((int) (keys[i] >> 32), (int) keys[i], FLOWS[flows[i]]);
    }
  }

  Set<ColumnSource> toSet() {
    Set<ColumnSource> set = new HashSet<>();
    each((relationOid, number, flow) -> set.add(new ColumnSource(relationOid, number, flow)));
    return set;
  }
}
