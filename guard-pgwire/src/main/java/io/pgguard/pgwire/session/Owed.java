package io.pgguard.pgwire.session;

import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.pgwire.session.Expected.SyncReply;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What the server owes answers to, in the order in which it will give them. One thread's. */
final class Owed {
  private final ArrayDeque<Expected> expected = new ArrayDeque<>();

  /** The last statement sent that may change what names stand for, until it is answered. */
  private @Nullable Expected changing;

  void expect(Expected next) {
    expected.addLast(next);
  }

  @Nullable Expected head() {
    return expected.peekFirst();
  }

  /** What was set aside is owed first again. */
  void owesFirst(Expected one) {
    expected.addFirst(one);
  }

  void answered() {
    expected.removeFirst();
  }

  boolean nothingOwed() {
    return expected.isEmpty();
  }

  boolean owes(Expected one) {
    for (Expected each : expected) {
      if (each == one) {
        return true;
      }
    }
    return false;
  }

  /** Whether the server has still to run or describe it. */
  boolean owes(Portal portal) {
    for (Expected each : expected) {
      if (each instanceof ExecuteReply execute && execute.portal == portal
          || each instanceof BindReply bind && bind.portal() == portal
          || each instanceof PortalDescription description && description.portal() == portal) {
        return true;
      }
    }
    return false;
  }

  /** A statement was sent that may change what names in later texts stand for. */
  void changesNames(Expected reply) {
    changing = reply;
  }

  /** Whether what names stand for depends on answers that have not come. */
  boolean namesUnsettled() {
    if (changing != null && !owes(changing)) {
      changing = null;
    }
    return changing != null;
  }

  /** Whether messages of the current segment are unanswered. */
  boolean segmentOpen() {
    Expected last = expected.peekLast();
    return last != null && !(last instanceof SyncReply) && !(last instanceof QueryReply);
  }

  /** Whether something runs, which may turn out to be a COPY or end a transaction. */
  boolean runs() {
    for (Expected each : expected) {
      if (each instanceof Running) {
        return true;
      }
    }
    return false;
  }

  /** COPY swallows each Sync that the client sent before it knew; false if more is in its way. */
  boolean dropSyncsAfterHead() {
    Expected head = expected.removeFirst();
    while (expected.peekFirst() instanceof SyncReply) {
      expected.removeFirst();
    }
    boolean clear = expected.isEmpty();
    expected.addFirst(head);
    return clear;
  }

  /** Takes the next one off; null where nothing is owed. */
  @Nullable Expected take() {
    return expected.pollFirst();
  }

  /** Whether the client's own Sync is among them. */
  boolean synced() {
    return expected.contains(SyncReply.CLIENTS);
  }
}
