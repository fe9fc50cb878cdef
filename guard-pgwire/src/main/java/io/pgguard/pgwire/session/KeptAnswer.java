package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.MessageReader;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the server said of a watched statement while the client is told nothing of it. */
final class KeptAnswer {
  private static final byte[] NOTHING = new byte[0];

  private byte[] row = NOTHING;
  private byte[] end = NOTHING;

  /** Keeps its first row. */
  void row(byte[] bytes, int offset, int length) {
    row = Arrays.copyOfRange(bytes, offset, offset + length);
  }

  boolean hasRow() {
    return row.length > 0;
  }

  /** Keeps the message that it ended with, or stopped with after its first row. */
  void end(byte[] bytes, int offset, int length) {
    end = Arrays.copyOfRange(bytes, offset, offset + length);
  }

  boolean ended() {
    return end.length > 0;
  }

  /** Whether it is complete: there are no more rows. */
  boolean completed() {
    return ended() && end[0] == 'C';
  }

  /** Its command tag; null where it is not complete. */
  @Nullable String tag() {
    return completed()
        ? CommandComplete.decode(
                new MessageReader().over("CommandComplete", end, 5, end.length - 5))
            .tag()
        : null;
  }

  void replayRow(Conversation conversation) throws IOException {
    if (hasRow()) {
      conversation.replay(row);
    }
  }

  void replayEnd(Conversation conversation) throws IOException {
    conversation.replay(end);
  }
}
