package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.CopyFail;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.session.Refusal;
import io.pgguard.session.StatementRun.CopyLook;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The client's half of a COPY from it: what it sends goes on once it was looked at. */
final class CopyFromClient {
  private final Conversation conversation;
  private final MessageReader in = new MessageReader();

  CopyFromClient(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Takes a message while the server takes data. */
  boolean takes(char type, byte[] bytes, int offset, int length) throws IOException {
    CopyLook look = look();
    switch (type) {
      case 'd' -> {
        Refusal refusal = look == null ? null : look.data(bytes, offset + 5, length - 5);
        if (refusal == null) {
          conversation.toServer.slice(bytes, offset, length);
        } else {
          refuse(refusal);
        }
      }
      case 'c' -> {
        CopyDone.decode(in.over("CopyDone", bytes, offset + 5, length - 5));
        Refusal refusal = look == null ? null : look.end();
        if (refusal == null) {
          end(bytes, offset, length);
        } else {
          refuse(refusal);
        }
      }
      case 'f' -> {
        CopyFail.decode(in.over("CopyFail", bytes, offset + 5, length - 5));
        end(bytes, offset, length);
      }
      case 'H', 'S' -> {
        // The server ignores these during COPY; were they sent, they could meet it after an error.
      }
      default ->
          throw MalformedMessageException.violation(
              "message type " + type, "not expected from the client during COPY");
    }
    return true;
  }

  private @Nullable CopyLook look() {
    Flow flow = conversation.owed.head() instanceof Running running ? running.flow() : null;
    return flow == null ? null : flow.look();
  }

  /** Has the server undo what it got; what the client goes on to send is dropped. */
  private void refuse(Refusal refusal) throws IOException {
    if (conversation.owed.head() instanceof Running running) {
      running.replaceErrorWith(refusal);
    }
    conversation.toServer.message(new CopyFail("Guard refused this COPY"));
    ended();
    conversation.toServer.flush();
  }

  private void end(byte[] bytes, int offset, int length) throws IOException {
    conversation.toServer.slice(bytes, offset, length);
    ended();
  }

  private void ended() throws IOException {
    conversation.copyIn = false;
    if (conversation.busy()) {
      conversation.toServer.message(new Flush()); // its Sync waits for what the server says
    }
  }
}
