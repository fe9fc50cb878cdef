package io.pgguard.lineage;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The columns that feed a value, each with its flow and how often it occurs. Immutable; kept as
 * sorted arrays, since a statement joins thousands of them.
 */
final class Sources {
  static final Sources NONE = new Sources(new long[0], new byte[0], new byte[0]);

  /** More occurrences than this are not counted. */
  private static final int MOST_USES = Byte.MAX_VALUE;

  private static final Flow[] FLOWS = Flow.values();
  private static final byte COPY = (byte) Flow.COPY.ordinal();
  private static final byte[][] JOINED = joined();

  private final long[] keys;
  private final byte[] flows;
  private final byte[] uses;

  private Sources(long[] keys, byte[] flows, byte[] uses) {
    this.keys = keys;
    this.flows = flows;
    this.uses = uses;
  }

  private static byte[][] joined() {
    byte[][] joined = new byte[FLOWS.length][FLOWS.length];
    for (Flow one : FLOWS) {
      for (Flow other : FLOWS) {
        joined[one.ordinal()][other.ordinal()] = (byte) one.with(other).ordinal();
      }
    }
    return joined;
  }

  /** Takes each source in order of OID and number. */
  interface Each {
    void accept(int relationOid, int number, Flow flow);
  }

  static long key(int relationOid, int number) {
    return ((long) relationOid << 32) | (number & 0xffffffffL);
  }

  private static Sources one(int relationOid, int number, Flow flow) {
    return new Sources(
        new long[] {key(relationOid, number)}, new byte[] {(byte) flow.ordinal()}, new byte[] {1});
  }

  static Sources copyOf(int relationOid, int number) {
    return one(relationOid, number, Flow.COPY);
  }

  static Sources of(Iterable<ColumnSource> sources) {
    Sources all = NONE;
    for (ColumnSource source : sources) {
      all = all.with(one(source.relationOid(), source.number(), source.flow()));
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

  /** Both together, as the operands of one operation are. */
  Sources with(Sources other) {
    return other.isEmpty() ? this : other == this ? times(2) : joined(other, false);
  }

  /** One or the other: neither occurs more often for it. */
  Sources or(Sources other) {
    return other == this || other.isEmpty() ? this : joined(other, true);
  }

  private Sources joined(Sources other, boolean either) {
    if (keys.length == 0) {
      return other;
    }
    long[] all = new long[keys.length + other.keys.length];
    byte[] how = new byte[all.length];
    byte[] often = new byte[all.length];
    int i = 0;
    int j = 0;
    int n = 0;
    while (i < keys.length || j < other.keys.length) {
      boolean mine = j == other.keys.length || (i < keys.length && keys[i] <= other.keys[j]);
      boolean both = mine && j < other.keys.length && keys[i] == other.keys[j];
      all[n] = mine ? keys[i] : other.keys[j];
      how[n] = both ? JOINED[flows[i]][other.flows[j]] : mine ? flows[i] : other.flows[j];
      int first = mine ? uses[i] : 0;
      int second = both || !mine ? other.uses[j] : 0;
      often[n] = (byte) (either ? Math.max(first, second) : Math.min(MOST_USES, first + second));
      n++;
      i += mine ? 1 : 0;
      j += !mine || both ? 1 : 0;
    }
    return n == all.length
        ? new Sources(all, how, often)
        : new Sources(Arrays.copyOf(all, n), Arrays.copyOf(how, n), Arrays.copyOf(often, n));
  }

  /** The same columns after an operation on the value. */
  Sources derived() {
    return changed(flow -> flow.isOwn() ? Flow.DERIVE : flow);
  }

  /** Parts of the same columns, followed by numbers of their own. */
  Sources aliased(int alias) {
    Sources all = NONE;
    for (long key : keys) {
      all = all.with(one((int) (key >> 32), (int) key + alias, Flow.DERIVE));
    }
    return all;
  }

  /** The same columns when they only decide about a value. */
  Sources influencing() {
    return changed(flow -> flow == Flow.NULLNESS ? flow : Flow.INFLUENCE);
  }

  /** The same columns when it only matters whether the value is NULL. */
  Sources nullness() {
    return changed(flow -> flow.isOwn() ? Flow.NULLNESS : flow);
  }

  /** Of the columns whose own value it may be, only whether they are NULL. */
  Sources nullnessOfOwn() {
    Sources all = NONE;
    for (int i = 0; i < keys.length; i++) {
      if (FLOWS[flows[i]].isOwn()) {
        all = all.with(one((int) (keys[i] >> 32), (int) keys[i], Flow.NULLNESS));
      }
    }
    return all;
  }

  /** The same columns where a value may be a constant instead. */
  private Sources selected() {
    return changed(flow -> flow == Flow.COPY ? Flow.SELECTION : flow);
  }

  /** Whether no column gives a value: what there is, is a constant. */
  private boolean isConstant() {
    for (byte flow : flows) {
      if (FLOWS[flow].compareTo(Flow.COPY) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** One value or the other, as visible conditions choose. */
  Sources orChosen(Sources other) {
    Sources either = or(other);
    return isConstant() == other.isConstant() ? either : either.selected();
  }

  private Sources changed(UnaryOperator<Flow> change) {
    byte[] other = null;
    for (int i = 0; i < flows.length; i++) {
      byte flow = (byte) change.apply(FLOWS[flows[i]]).ordinal();
      if (flow != flows[i]) {
        other = other == null ? flows.clone() : other;
        other[i] = flow;
      }
    }
    return other == null ? this : new Sources(keys, other, uses);
  }

  /** The same where each occurrence stands for so many. */
  Sources times(int count) {
    if (count <= 1 || isEmpty()) {
      return this;
    }
    byte[] more = new byte[uses.length];
    for (int i = 0; i < uses.length; i++) {
      more[i] = (byte) Math.min(MOST_USES, (long) uses[i] * count);
    }
    return new Sources(keys, flows, more);
  }

  /** The same where what is made of them is no longer for being made of more. */
  Sources once() {
    for (byte often : uses) {
      if (often != 1) {
        byte[] one = new byte[uses.length];
        Arrays.fill(one, (byte) 1);
        return new Sources(keys, flows, one);
      }
    }
    return this;
  }

  /** The same but for these columns. */
  Sources without(Sources others) {
    Sources rest = NONE;
    for (int i = 0; i < keys.length; i++) {
      if (Arrays.binarySearch(others.keys, keys[i]) < 0) {
        rest = rest.with(one((int) (keys[i] >> 32), (int) keys[i], FLOWS[flows[i]]));
      }
    }
    return rest;
  }

  /** Of these the ones that values are computed from and that occur more often than that. */
  Sources usedOver(int count) {
    Sources over = NONE;
    for (int i = 0; i < keys.length; i++) {
      if (uses[i] > count && FLOWS[flows[i]] == Flow.DERIVE) {
        over = over.with(one((int) (keys[i] >> 32), (int) keys[i], Flow.DERIVE));
      }
    }
    return over;
  }

  /** Of these the ones that another value with the same columns uses less often. */
  Sources moreUsedThan(Sources other) {
    Sources more = NONE;
    for (int i = 0; i < keys.length; i++) {
      int at = Arrays.binarySearch(other.keys, keys[i]);
      if (at >= 0 && uses[i] > other.uses[at] && FLOWS[flows[i]] == Flow.DERIVE) {
        more = more.with(one((int) (keys[i] >> 32), (int) keys[i], Flow.DERIVE));
      }
    }
    return more;
  }

  void each(Each each) {
    for (int i = 0; i < keys.length; i++) {
      each.accept((int) (keys[i] >> 32), (int) keys[i], FLOWS[flows[i]]);
    }
  }

  Set<ColumnSource> toSet() {
    if (keys.length == 0) {
      return Set.of();
    }
    if (keys.length == 1) {
      return Set.of(new ColumnSource((int) (keys[0] >> 32), (int) keys[0], FLOWS[flows[0]]));
    }
    Set<ColumnSource> set = new HashSet<>();
    each((relationOid, number, flow) -> set.add(new ColumnSource(relationOid, number, flow)));
    return set;
  }
}
