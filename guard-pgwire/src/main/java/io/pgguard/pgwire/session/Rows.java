package io.pgguard.pgwire.session;

import io.pgguard.mask.RowMasker;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.session.Refusal;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows go out: masked, counted, by the policy in force. */
final class Rows {
  private final Conversation conversation;

  Rows(Conversation conversation) {
    this.conversation = conversation;
  }

  /** How to mask what runs now; asks for it where only the statement was described. */
  @Nullable RowMasker masker(Flow flow) throws IOException {
    if (!flow.shaped() && conversation.owed.head() instanceof ExecuteReply execute) {
      List<Field> fields = execute.portal.prepared.description();
      if (fields != null) {
        execute.portal.shapeFromStatement(fields);
      }
    }
    Refusal withheld = flow.withheld();
    if (withheld != null) {
      conversation.unanswered.endEarly(withheld);
    }
    return flow.masker();
  }

  /** The policy changed while rows come: the rest is shaped by the new one, or ends here. */
  void renew(Flow flow) throws IOException {
    Refusal refusal = flow.renew().orElse(null);
    if (refusal != null) {
      conversation.unanswered.endEarly(refusal);
    }
  }

  /** A mask relies on the row's form. */
  void verifyRow(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset + 2;
    for (int left = Bytes.int16(bytes, offset); left > 0; left--) {
      if (end - at < 4) {
        throw MalformedMessageException.violation("DataRow", "ends too early");
      }
      int size = Bytes.int32(bytes, at);
      at += 4;
      if (size < -1 || size > end - at) {
        throw MalformedMessageException.violation("DataRow", "a value of " + size + " bytes");
      }
      at += Math.max(size, 0);
    }
    if (at != end) {
      throw MalformedMessageException.violation("DataRow", "bytes after the last value");
    }
  }

  void relayMasked(Flow flow, RowMasker masker) throws IOException {
    if (flow.run().row(masker.buffer(), 0, masker.length())) {
      conversation.toClient.body('D', masker.buffer(), 0, masker.length());
    } else {
      conversation.unanswered.endEarly(flow.run().overLimit());
    }
  }
}
