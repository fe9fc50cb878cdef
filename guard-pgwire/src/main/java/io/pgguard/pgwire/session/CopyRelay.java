package io.pgguard.pgwire.session;

import io.pgguard.mask.LineMasker;
import io.pgguard.pgwire.message.CopyDone;
import io.pgguard.pgwire.message.CopyFail;
import io.pgguard.pgwire.message.CopyInResponse;
import io.pgguard.pgwire.message.CopyOutResponse;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.session.Refusal;
import io.pgguard.session.StatementRun.CopyShaped;
import java.io.IOException;

/** COPY in both directions, as the server opens it. */
final class CopyRelay {
  private final Conversation conversation;

  CopyRelay(Conversation conversation) {
    this.conversation = conversation;
  }

  void in(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    CopyInResponse opened = CopyInResponse.decode(body);
    Flow flow = flow("CopyInResponse");
    if (!conversation.owed.dropSyncsAfterHead()) {
      throw MalformedMessageException.violation(
          "CopyInResponse", "the client sent more after COPY before its data");
    }
    CopyShaped shaped = flow.run().copy(false, opened.binary(), opened.columns().length);
    if (shaped instanceof CopyShaped.Withheld withheld) {
      running("CopyInResponse").replaceErrorWith(withheld.refusal());
    }
    if (shaped instanceof CopyShaped.Withheld || conversation.draining()) {
      conversation.toServer.message(new CopyFail("Guard refused this COPY"));
      return;
    }
    if (shaped instanceof CopyShaped.Looked looked) {
      flow.looks(looked.look());
    }
    conversation.copyIn = true;
    conversation.toClient.slice(bytes, offset, length);
  }

  void out(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    CopyOutResponse opened = CopyOutResponse.decode(body);
    Flow flow = flow("CopyOutResponse");
    CopyShaped shaped = flow.run().copy(true, opened.binary(), opened.columns().length);
    if (shaped instanceof CopyShaped.Withheld withheld) {
      conversation.unanswered.endEarly(withheld.refusal());
    } else if (shaped instanceof CopyShaped.Data data) {
      flow.copying(data.masker());
    }
    if (!conversation.draining()) {
      conversation.toClient.slice(bytes, offset, length);
    }
  }

  void data(byte[] bytes, int offset, int length) throws IOException {
    if (conversation.draining()) {
      flow("CopyData");
      return;
    }
    Flow flow = flow("CopyData");
    if (!flow.run().isCurrent()) {
      Refusal refusal = flow.renew().orElse(null);
      if (refusal != null) {
        conversation.unanswered.endEarly(refusal);
        return;
      }
    }
    LineMasker lines = lines("CopyData");
    byte[] shown = lines.data(bytes, offset + 5, length - 5);
    if (shown.length > 0) {
      conversation.toClient.body('d', shown, 0, shown.length);
    }
    endIfOver(flow, lines);
  }

  private void endIfOver(Flow flow, LineMasker lines) throws IOException {
    if (lines.over()) {
      conversation.unanswered.endEarly(flow.run().overLimit());
    }
  }

  void done(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    CopyDone.decode(body);
    if (conversation.draining()) {
      flow("CopyDone");
      return;
    }
    LineMasker lines = lines("CopyDone");
    Flow flow = flow("CopyDone");
    byte[] rest = lines.end();
    flow.copying(null);
    if (rest.length > 0) {
      conversation.toClient.body('d', rest, 0, rest.length);
    }
    if (lines.over()) {
      endIfOver(flow, lines);
    } else {
      conversation.toClient.slice(bytes, offset, length);
    }
  }

  private LineMasker lines(String name) {
    LineMasker lines = flow(name).lines();
    if (lines == null) {
      throw MalformedMessageException.violation(name, "no COPY to the client is open");
    }
    return lines;
  }

  private Flow flow(String name) {
    Flow flow = running(name).flow();
    if (flow == null || flow.ended()) {
      throw nothingRuns(name);
    }
    return flow;
  }

  private Running running(String name) {
    if (conversation.owed.head() instanceof Running running) {
      return running;
    }
    throw nothingRuns(name);
  }

  private static MalformedMessageException nothingRuns(String name) {
    return MalformedMessageException.violation(name, "nothing runs that could copy");
  }
}
