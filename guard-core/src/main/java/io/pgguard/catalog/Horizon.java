package io.pgguard.catalog;

import java.util.function.LongPredicate;

/**
 * Which transactions a read of the catalog saw: PostgreSQL's own snapshot in text form, {@code
 * xmin:xmax:xip} (PostgreSQL documentation, "Transaction ID and Snapshot Information Functions").
 *
 * @param snapshot the whole of it, or an empty text where it does not tell all: on a standby, whose
 *     list of running transactions is not complete
 * @param oldest the oldest transaction that was still running, with its epoch: whatever it or a
 *     later one wrote may not have been seen
 */
record Horizon(String snapshot, long oldest) {
  /** So far back that nothing can be told from there. */
  static final Horizon NONE = new Horizon("", -(1L << 40));

  /** How many transactions are looked at one by one. */
  private static final int MOST = 1000;

  /** As {@code pg_current_snapshot()} gives it. */
  static Horizon of(String snapshot, boolean onStandby) {
    int end = snapshot.indexOf(':');
    if (end < 0) {
      throw new CatalogUnavailableException("the server's snapshot is not known: " + snapshot);
    }
    return new Horizon(onStandby ? "" : snapshot, Long.parseLong(snapshot.substring(0, end)));
  }

  /** Whether a later look that has this snapshot sees the same: nothing was committed meanwhile. */
  boolean is(String later) {
    return !snapshot.isEmpty() && snapshot.equals(later);
  }

  /**
   * Whether a later look sees the same catalog: all that has ended meanwhile is known to have
   * changed none.
   *
   * @param later its snapshot
   * @param harmless whether a transaction is known to change no catalog
   */
  boolean holdsAt(String later, LongPredicate harmless) {
    if (is(later)) {
      return true;
    }
    if (snapshot.isEmpty()) {
      return false;
    }
    VisibleTransactions before = VisibleTransactions.of(snapshot);
    VisibleTransactions after = VisibleTransactions.of(later);
    long from = Math.min(before.oldest(), after.oldest());
    long to = Math.max(before.next(), after.next());
    if (to - from > MOST) {
      return false;
    }
    for (long id = from; id < to; id++) {
      if (before.sees(id) != after.sees(id) && !harmless.test(id)) {
        return false;
      }
    }
    return true;
  }

  /** The oldest transaction as a number of 32 bits, as rows have it. */
  long oldestXid() {
    return oldest & 0xffff_ffffL;
  }

  /**
   * Whether rows written since can still be told from older ones: numbers of transactions are
   * compared around a circle of 2^32, half of which is the future.
   */
  boolean reaches(Horizon later) {
    return reaches(later.oldest);
  }

  /** The same of a look that has this oldest transaction. */
  boolean reaches(long later) {
    return later - oldest < 1L << 30;
  }
}
