package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.session.Expected.PoisonReply;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes the server fail in the place of what is refused, so that it fails for both alike. */
final class Poison {
  /**
   * PostgreSQL's own parser refuses this text, which fails the transaction and makes the server
   * skip to the next Sync exactly as for any error; being named, it leaves the client's unnamed
   * statement alone.
   */
  private static final Parse POISON =
      new Parse(Conversation.RESERVED + "refused", "Guard refused this statement", new int[0]);

  private final Conversation conversation;

  Poison(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Makes the server fail in the place of a message; the client skips to its Sync. */
  void inPlace(@Nullable Refusal refusal) throws IOException {
    conversation.asked.drop("it was refused for another reason");
    conversation.toServer.message(POISON);
    conversation.owed.expect(new PoisonReply(refusal));
    conversation.clientSkips = true;
  }

  /** Makes the server fail in the place of a message that has its own ReadyForQuery. */
  void withSync(@Nullable Refusal refusal) throws IOException {
    conversation.asked.drop("it was refused for another reason");
    conversation.toServer.message(POISON);
    conversation.toServer.message(new Sync());
    conversation.owed.expect(new PoisonReply(refusal));
    conversation.owed.expect(SyncReply.CLIENTS);
    conversation.nextSegment();
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
