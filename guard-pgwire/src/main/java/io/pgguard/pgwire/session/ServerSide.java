package io.pgguard.pgwire.session;

import io.pgguard.mask.RowMasker;
import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.CloseReply;
import io.pgguard.pgwire.session.Expected.ParseReply;
import io.pgguard.pgwire.session.Expected.PieceReply;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.session.WouldWaitException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Judges what the server sends: rows first, since they are the many. */
final class ServerSide implements FrameHandler {
  private final Conversation conversation;
  private final Rows rows;
  private final Results results;
  private final Descriptions descriptions;
  private final Reports reports;
  private final CopyRelay copy;
  private final MessageReader in = new MessageReader();

  ServerSide(Conversation conversation) {
    this.conversation = conversation;
    this.rows = new Rows(conversation);
    this.results = new Results(conversation);
    this.descriptions = new Descriptions(conversation);
    this.reports = new Reports(conversation);
    this.copy = new CopyRelay(conversation);
    conversation.judgedBy(this);
  }

  @Override
  public boolean frame(byte[] bytes, int offset, int length) throws IOException {
    if (conversation.closed()) {
      return true;
    }
    boolean here =
        conversation.inquiry.onlyCounts(bytes[offset])
            ? !conversation.atOnce.left()
            : conversation.atOnce.handles();
    if (!here) {
      return false;
    }
    try {
      judge(bytes, offset, length);
      return true;
    } catch (WouldWaitException e) {
      conversation.atOnce.leave();
      return false;
    }
  }

  private void judge(byte[] bytes, int offset, int length) throws IOException {
    char type = (char) (bytes[offset] & 0xff);
    if (conversation.inquiry.takes(type, bytes, offset, length)
        || conversation.openInquiry.takes(type, bytes, offset, length)) {
      return;
    }
    if (conversation.owed.head() instanceof TrialReply trial && trial.takes(type)) {
      if (trial.complete()) {
        conversation.owed.answered();
      }
      return;
    }
    Planning planning = conversation.planning;
    if (planning != null && planning.takes(type, bytes, offset, length)) {
      return;
    }
    Attendance attended = conversation.attended;
    if (attended != null && attended.takes(type, bytes, offset, length)) {
      return;
    }
    if (type == 'D') {
      row(bytes, offset, length);
    } else {
      dispatch(type, bytes, offset, length);
    }
  }

  @Override
  public void pause() throws IOException {
    conversation.toClient.flush();
  }

  private void row(byte[] bytes, int offset, int length) throws IOException {
    Flow flow = conversation.owed.head() instanceof Running running ? running.flow() : null;
    if (flow != null && !conversation.draining() && !flow.run().isCurrent()) {
      rows.renew(flow);
    }
    RowMasker masker = flow == null ? null : rows.masker(flow);
    if (conversation.draining()) {
      return;
    }
    if (flow == null || masker == null) {
      throw MalformedMessageException.violation(
          "DataRow", "a row came whose columns were not described");
    }
    int body = offset + 5;
    int size = length - 5;
    if (size < 2 || Bytes.int16(bytes, body) != flow.columns()) {
      throw MalformedMessageException.violation("DataRow", "not the described count of columns");
    }
    if (!masker.passes()) {
      rows.verifyRow(bytes, body, size);
      if (masker.mask(bytes, body, size)) {
        rows.relayMasked(flow, masker);
        return;
      }
    }
    if (flow.run().row(bytes, body, size)) {
      conversation.toClient.slice(bytes, offset, length);
    } else {
      conversation.unanswered.endEarly(flow.run().overLimit());
    }
  }

  private void dispatch(char type, byte[] bytes, int offset, int length) throws IOException {
    switch (type) {
      case 'd' -> copy.data(bytes, offset, length);
      case 'C' -> results.completed(body("CommandComplete", bytes, offset, length), bytes, offset);
      case 'Z' -> results.ready(body("ReadyForQuery", bytes, offset, length), bytes, offset);
      case '1', '2', '3' -> acknowledged(type, bytes, offset, length);
      case 'T' ->
          descriptions.row(body("RowDescription", bytes, offset, length), bytes, offset, length);
      case 't' ->
          descriptions.parameters(
              body("ParameterDescription", bytes, offset, length), bytes, offset, length);
      case 'n' -> descriptions.noData(body("NoData", bytes, offset, length), bytes, offset);
      case 's' -> results.suspended(body("PortalSuspended", bytes, offset, length), bytes, offset);
      case 'I' -> results.empty(body("EmptyQueryResponse", bytes, offset, length), bytes, offset);
      case 'E' ->
          results.error(body("ErrorResponse", bytes, offset, length), bytes, offset, length);
      case 'N' ->
          reports.notice(body("NoticeResponse", bytes, offset, length), bytes, offset, length);
      case 'A' ->
          reports.notification(
              body("NotificationResponse", bytes, offset, length), bytes, offset, length);
      case 'S' ->
          reports.parameter(body("ParameterStatus", bytes, offset, length), bytes, offset, length);
      case 'G' -> copy.in(body("CopyInResponse", bytes, offset, length), bytes, offset, length);
      case 'H' -> copy.out(body("CopyOutResponse", bytes, offset, length), bytes, offset, length);
      case 'c' -> copy.done(body("CopyDone", bytes, offset, length), bytes, offset, length);
      case 'W' ->
          throw MalformedMessageException.violation(
              "CopyBothResponse", "replication does not pass through Guard");
      default ->
          throw MalformedMessageException.violation(
              "message type " + type, "not expected from the server here");
    }
  }

  private MessageReader body(String name, byte[] bytes, int offset, int length) {
    return in.over(name, bytes, offset + 5, length - 5);
  }

  /** ParseComplete, BindComplete, CloseComplete. */
  private void acknowledged(char type, byte[] bytes, int offset, int length) throws IOException {
    body(acknowledgement(type), bytes, offset, length).end();
    Expected head = conversation.owed.head();
    boolean ours = false;
    if (head instanceof KeptReply kept && kept.takes(type)) {
      if (!kept.complete()) {
        return;
      }
      ours = true;
    } else if (type == '1' && head instanceof PieceReply) {
      ours = true;
    } else if (type == '1' && head instanceof ParseReply parse) {
      Prepared prepared = parse.prepared();
      conversation.statements.confirm(parse.name(), prepared.forgotten ? null : prepared);
    } else if (type == '2' && head instanceof BindReply bind) {
      Portal portal = bind.portal();
      ours = bind.ours();
      replaced(conversation.portals.confirm(bind.name(), portal.forgotten ? null : portal));
    } else if (type == '3' && head instanceof CloseReply close) {
      if (close.kind() == 'S') {
        conversation.statements.confirm(close.name(), null);
      } else {
        replaced(conversation.portals.confirm(close.name(), null));
      }
    } else {
      throw MalformedMessageException.violation(
          acknowledgement(type), "the server was not asked for it");
    }
    conversation.owed.answered();
    if (!ours && !conversation.draining()) {
      conversation.toClient.slice(bytes, offset, length);
    }
  }

  private static String acknowledgement(char type) {
    return switch (type) {
      case '1' -> "ParseComplete";
      case '2' -> "BindComplete";
      default -> "CloseComplete";
    };
  }

  private static void replaced(@Nullable Portal portal) {
    if (portal != null) {
      portal.abandon("its portal was closed before it had ended");
    }
  }
}
