package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.session.Refusal;
import io.pgguard.session.Watch;
import java.io.IOException;

/**
 * A watched statement while the server plans it: the same question goes in front of its Bind and
 * behind, and nothing else of the client is sent before it is known that nothing was changed.
 */
final class Planning {
  private final Conversation conversation;
  private final Flow flow;
  private final Watch watch;
  private final String question;
  private final QuestionReply before = new QuestionReply();
  private final QuestionReply after = new QuestionReply();

  Planning(Conversation conversation, Flow flow, Watch watch, String question) {
    this.conversation = conversation;
    this.flow = flow;
    this.watch = watch;
    this.question = question;
  }

  Flow flow() {
    return flow;
  }

  /** The Bind is about to be sent. */
  void begin() throws IOException {
    conversation.planning = this;
    before.send(question, conversation.toServer);
    conversation.owed.expect(before);
  }

  /** It was sent. */
  void bound() throws IOException {
    after.send(question, conversation.toServer);
    conversation.owed.expect(after);
    conversation.askForAnswers();
  }

  /** Takes a message of the server; false where it is to be judged as any other. */
  boolean takes(char type, byte[] bytes, int offset, int length) throws IOException {
    if (type == 'E' || type == 'N' || type == 'S' || type == 'A') {
      return false;
    }
    if (!(conversation.owed.head() instanceof QuestionReply reply)) {
      return false;
    }
    reply.take(type, new MessageReader().over("" + type, bytes, offset + 5, length - 5));
    if (reply.complete()) {
      conversation.owed.answered();
      if (reply == after) {
        conversation.planning = null;
        judge();
      }
    }
    return true;
  }

  private void judge() throws IOException {
    Refusal refusal = watch.planned(before.row(), after.row()).orElse(null);
    if (refusal != null) {
      flow.undone();
      conversation.poison.inPlace(refusal);
      conversation.toServer.flush();
    }
  }
}
