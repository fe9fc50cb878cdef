package io.pgguard.pgwire.session;

import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.PieceReply;
import io.pgguard.pgwire.session.Expected.PoisonReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.session.WouldWaitException;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are handled in a thread that must not wait: those of queries and changes of rows
 * that run PostgreSQL's own code alone, while nothing is asked of people or planner. The first that
 * is not, and all behind it, are left to a thread that may wait. One thread's at a time.
 */
final class AtOnce {
  private final Conversation conversation;
  private boolean mustNotWait;
  private boolean left;

  AtOnce(Conversation conversation) {
    this.conversation = conversation;
  }

  /** From now on this thread must not wait. */
  void begin() {
    mustNotWait = true;
  }

  /** It may again; whether something was left since it began. */
  boolean end() {
    boolean any = left;
    mustNotWait = false;
    left = false;
    conversation.guard.mayWait();
    return any;
  }

  /** Whether something was left since it began. */
  boolean left() {
    return left;
  }

  /** The message that was begun has to be handled again, by a thread that may wait. */
  void leave() {
    left = true;
  }

  /** Whether the next message is handled in this thread; else it is left. */
  boolean handles() {
    if (!mustNotWait) {
      return true;
    }
    left |= !(isPlain() && conversation.guard.atOnce());
    return !left;
  }

  /**
   * What comes now may wait.
   *
   * @throws WouldWaitException where this thread must not
   */
  void waits() {
    if (mustNotWait) {
      throw WouldWaitException.only();
    }
  }

  /**
   * A statement is about to be bound. Where its rows are shaped by what the server said before,
   * that has to be known to take no look at the catalog.
   *
   * @throws WouldWaitException where it is not, and this thread must not wait
   */
  void binds(Prepared prepared) {
    if (mustNotWait
        && prepared.description() != null
        && !(prepared.wasShaped() && conversation.guard.isCurrent(prepared.plan()))) {
      throw WouldWaitException.only();
    }
  }

  private boolean isPlain() {
    Script script = conversation.script;
    return conversation.attended == null
        && conversation.planning == null
        && conversation.phase instanceof Phase.Relaying
        && !conversation.asked.pending()
        && !conversation.openInquiry.asks()
        && !conversation.inquiry.asksAtEnd()
        && (script == null || script.isPlain())
        && isPlain(conversation.owed.head());
  }

  private static boolean isPlain(@Nullable Expected head) {
    if (head instanceof Running running) {
      return isPlain(running.flow());
    } else if (head instanceof BindReply bind) {
      return isPlain(bind.portal().flow);
    } else if (head instanceof PortalDescription description) {
      return isPlain(description.portal().flow);
    } else if (head instanceof PieceReply piece) {
      return isPlain(piece.flow());
    } else if (head instanceof KeptReply kept) {
      return isPlain(kept.flow);
    }
    return !(head instanceof QuestionReply
        || head instanceof PoisonReply
        || head instanceof TrialReply);
  }

  /** Whether a run does nothing that others than the server have to be asked about. */
  static boolean isPlain(@Nullable Flow flow) {
    return flow == null || flow.leavesPrepared() && flow.watch() == null;
  }
}
