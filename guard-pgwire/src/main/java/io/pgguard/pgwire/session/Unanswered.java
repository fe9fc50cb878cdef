package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.CloseReply;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.ParseReply;
import io.pgguard.pgwire.session.Expected.PieceReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Refusal;
import java.io.IOException;

/** What ends before the server has answered it, and what becomes of what it would have made. */
final class Unanswered {
  private final Conversation conversation;
  private final Canceller canceller;

  /**
   * @param canceller asked when the rest of a result is not wanted
   */
  Unanswered(Conversation conversation, Canceller canceller) {
    this.conversation = conversation;
    this.canceller = canceller;
  }

  /** Ends what runs although the server has begun to answer it. */
  void endEarly(Refusal refusal) throws IOException {
    endEarly(refusal, true);
  }

  /**
   * Ends what runs although the server has begun to answer it.
   *
   * @param goesOn whether the server goes on with it
   */
  void endEarly(Refusal refusal, boolean goesOn) throws IOException {
    if (conversation.draining()) {
      return;
    }
    conversation.toClient.message(new ErrorResponse(refusal.asServerMessage()));
    if (conversation.attended != null
        && conversation.owed.head() == conversation.attended.reply()) {
      conversation.attended = null;
    }
    boolean extended = conversation.owed.head() instanceof ExecuteReply;
    boolean unsynced = extended && !conversation.owed.synced();
    if (unsynced) {
      conversation.poison.inPlace(null);
      conversation.toServer.flush();
    }
    conversation.phase = new Phase.Draining(unsynced);
    if (goesOn) {
      canceller.cancel();
    }
  }

  /** The server skips to the next Sync after an error: nothing before it will be answered. */
  void skipToSync(String why) {
    while (true) {
      Expected next = conversation.owed.head();
      if (next == null) {
        conversation.clientSkips = true;
        Attendance attended = conversation.attended;
        if (attended != null && !attended.undoes()) {
          conversation.attended = null; // it does not run, or fails with what failed before it
        }
        return;
      }
      if (next instanceof SyncReply) {
        return;
      }
      conversation.owed.answered();
      drop(next, why);
    }
  }

  /** What was owed will not come. */
  void drop(Expected one, String why) {
    if (one instanceof ParseReply parse) {
      conversation.statements.drop(parse.name());
    } else if (one instanceof BindReply bind) {
      conversation.portals.drop(bind.name());
      bind.portal().abandon(why);
    } else if (one instanceof CloseReply close) {
      if (close.kind() == 'S') {
        conversation.statements.drop(close.name());
      } else {
        conversation.portals.drop(close.name());
      }
    } else if (one instanceof QuestionReply) {
      conversation.planning = null;
    } else if (one instanceof QueryReply query) {
      conversation.statements.drop("");
      conversation.portals.drop("");
      query.abandon(why);
    } else if (one instanceof PortalDescription description) {
      description.portal().describeSegment = -1;
    } else if (one instanceof CatalogReply question) {
      conversation.inquiry.lost(question);
    } else if (one instanceof OpenReply) {
      conversation.openInquiry.lost();
    } else if (one instanceof PieceReply piece) {
      piece.flow().abandon(why);
    } else if (one instanceof KeptReply kept) {
      kept.flow.abandon(why);
    }
  }
}
