package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Parse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks in the client's session what its open transaction has changed there, before a text is
 * planned that depends on it. The client's message waits meanwhile.
 */
final class OpenInquiry {
  private static final String NAME = Conversation.RESERVED + "look";
  private static final Bind BIND = new Bind(NAME, NAME, new short[0], new byte[0][], new short[0]);
  private static final Execute EXECUTE = new Execute(NAME, 0);
  private static final Close CLOSE_PORTAL = new Close('P', NAME);
  private static final Close CLOSE_STATEMENT = new Close('S', NAME);

  private final Conversation conversation;
  private @Nullable OpenReply pending;

  OpenInquiry(Conversation conversation) {
    this.conversation = conversation;
  }

  /**
   * Whether all is known that can be known for planning a text; else the client's message waits for
   * the answer, and is to come again then.
   */
  boolean knows(String text) throws IOException {
    if (pending != null) {
      return false;
    }
    List<String> questions = conversation.guard.asksBefore(text);
    if (questions.isEmpty()) {
      return true;
    }
    for (String question : questions) {
      conversation.toServer.message(CLOSE_STATEMENT); // code may have taken the name
      conversation.toServer.message(new Parse(NAME, question, new int[0]));
      conversation.toServer.message(BIND);
      conversation.toServer.message(EXECUTE);
      conversation.toServer.message(CLOSE_PORTAL);
    }
    conversation.toServer.message(CLOSE_STATEMENT);
    conversation.askForAnswers();
    OpenReply reply = new OpenReply(questions.size());
    pending = reply;
    conversation.owed.expect(reply);
    return false;
  }

  /** Whether the server has not answered yet. */
  boolean asks() {
    return pending != null;
  }

  /** Takes a message of the server; false where it is to be judged as any other. */
  boolean takes(char type, byte[] bytes, int offset, int length) throws IOException {
    if (!(conversation.owed.head() instanceof OpenReply reply) || !OpenReply.mayBe(type)) {
      return false;
    }
    reply.take(type, new MessageReader().over("" + type, bytes, offset + 5, length - 5));
    if (reply.complete()) {
      conversation.owed.answered();
      pending = null;
      conversation.guard.toldBefore(reply.answers());
    }
    return true;
  }

  /** The server has skipped the questions, or failed at one. */
  void lost() {
    pending = null;
    conversation.guard.untoldBefore();
  }
}
