package io.pgguard.session;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.TextPlan;
import io.pgguard.statement.StatementKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The numbers of the session's own transactions, and whether all that ran in them is known to
 * change no catalog. What was sent up to one Sync is told by one ReadyForQuery; more may have been
 * sent by then. Used by the session's thread.
 */
final class OwnTransaction {
  /** What was sent since the last Sync. */
  private Sent now = new Sent();

  /** What was sent before, and has not ended. */
  private final Deque<Sent> sent = new ArrayDeque<>();

  /** What has run in the transaction that is open. */
  private Sent open = new Sent();

  private static final class Sent {
    private List<Long> numbers = List.of();
    private boolean plain = true;
    private boolean any;
    private boolean control;

    void add(long number) {
      if (numbers.isEmpty()) {
        numbers = new ArrayList<>(1); // what reads has none
      }
      numbers.add(number);
    }

    void add(Sent other) {
      for (int i = 0; i < other.numbers.size(); i++) {
        add((long) other.numbers.get(i));
      }
      plain &= other.plain;
    }
  }

  /** A statement is about to run. */
  void runs(TextPlan plan, StatementAnalysis part) {
    now.any = true;
    now.control |= part.facts().kind() == StatementKind.TRANSACTION;
    now.plain &= !plan.observed() && Recheck.leavesCatalog(part);
  }

  /**
   * Whether a transaction may be open that no ReadyForQuery has told of: something runs, or has
   * run, behind which no Sync was sent, or what was sent before and is not answered may begin one.
   */
  boolean mayBeOpen() {
    return now.any || sent.stream().anyMatch(one -> one.control);
  }

  /** The number that the transaction has, once it has one; 0 before. */
  void is(long number) {
    if (number != 0) {
      (sent.isEmpty() ? now : sent.getFirst()).add(number); // answers come in order
    }
  }

  /** A Sync was sent. */
  void synced() {
    sent.addLast(now);
    now = new Sent();
  }

  /**
   * The server is ready.
   *
   * @return the numbers of transactions that have ended and have changed no catalog for sure
   */
  List<Long> ready(char status) {
    Sent ran = sent.pollFirst();
    if (ran == null) { // what was undone without a word to the client
      ran = now;
      now = new Sent();
    }
    open.add(ran);
    if (status != 'I') {
      return List.of();
    }
    List<Long> ended = open.plain ? open.numbers : List.of();
    open = new Sent();
    return ended;
  }
}
