package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.session.Expected.PoisonReply;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Refusal;
import io.pgguard.session.Trial;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the server fail in the place of what is refused, so that it fails for both alike. */
final class Poison {
  private static final int[] NO_TYPES = {};

  /**
   * PostgreSQL's own parser refuses this text, which fails the transaction and makes the server
   * skip to the next Sync exactly as for any error; being named, it leaves the client's unnamed
   * statement alone.
   */
  private static final Parse POISON =
      new Parse(Conversation.RESERVED + "refused", "Guard refused this statement", NO_TYPES);

  private static final String TRIED = Conversation.RESERVED + "tried";

  private final Conversation conversation;

  Poison(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Makes the server fail in the place of a message; the client skips to its Sync. */
  void inPlace(@Nullable Refusal refusal) throws IOException {
    inPlace(refusal, null);
  }

  /**
   * Makes the server fail in the place of a Parse, by the client's own mistake where it is one.
   *
   * @param types the types that the Parse declares; null where the message is another
   */
  void inPlace(@Nullable Refusal refusal, int @Nullable [] types) throws IOException {
    conversation.asked.drop("it was refused for another reason");
    if (types != null) {
      tries(refusal, types);
    }
    conversation.toServer.message(POISON);
    conversation.owed.expect(new PoisonReply(refusal));
    conversation.clientSkips = true;
  }

  /** Makes the server fail in the place of a message that has its own ReadyForQuery. */
  void withSync(@Nullable Refusal refusal) throws IOException {
    conversation.asked.drop("it was refused for another reason");
    tries(refusal, NO_TYPES);
    conversation.toServer.message(POISON);
    conversation.toServer.message(new Sync());
    conversation.owed.expect(new PoisonReply(refusal));
    conversation.owed.expect(SyncReply.CLIENTS);
    conversation.nextSegment();
  }

  private void tries(@Nullable Refusal refusal, int[] types) throws IOException {
    Trial trial = refusal == null ? null : refusal.trial();
    if (trial != null) {
      conversation.owed.expect(TrialReply.send(trial, TRIED, types, conversation.toServer));
    }
  }

  /** Undoes what was done since the client's last Sync without a word to it. */
  void undo() throws IOException {
    conversation.toServer.message(POISON);
    conversation.toServer.message(new Sync());
    conversation.toServer.flush();
    conversation.owed.expect(new PoisonReply(null));
    conversation.owed.expect(SyncReply.OURS);
  }
}
