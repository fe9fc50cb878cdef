package io.pgguard.pgwire.session;

import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.Watch;
import io.pgguard.wording.SqlState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Guard's questions about one statement that were put last, and what the server has answered. */
final class Questions {
  private final Conversation conversation;
  private final List<QuestionReply> asked = new ArrayList<>();

  Questions(Conversation conversation) {
    this.conversation = conversation;
  }

  /**
   * Puts questions.
   *
   * @param portal with whose parameters; null for none
   */
  void ask(List<String> texts, @Nullable Portal portal) throws IOException {
    asked.clear();
    for (String text : texts) {
      QuestionReply question = new QuestionReply();
      if (portal == null) {
        question.send(text, conversation.toServer);
      } else {
        question.send(text, portal, conversation.toServer);
      }
      conversation.owed.expect(question);
      asked.add(question);
    }
  }

  /** The answers, in the order of the questions. */
  List<Watch.Row> answers() {
    return asked.stream().map(QuestionReply::row).toList();
  }

  /**
   * The server did not answer one of them: what the client is told, null for what it is told of any
   * other error. The transaction has failed, and with it the statement; where it had failed before,
   * the statement would have met with the same error.
   *
   * @param ran whether the statement has been run before
   */
  @Nullable ServerMessage unanswered(Flow flow, Watch watch, ServerMessage error, boolean ran) {
    if (!ran && SqlState.IN_FAILED_TRANSACTION.is(error.field('C'))) {
      return flow.failed(error);
    }
    flow.undone();
    return watch.unanswered(error);
  }
}
