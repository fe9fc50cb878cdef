package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.EmptyQueryResponse;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.PortalSuspended;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.CloseReply;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.ParseReply;
import io.pgguard.pgwire.session.Expected.PieceReply;
import io.pgguard.pgwire.session.Expected.PoisonReply;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Refusal;
import io.pgguard.session.ServerMessage;
import io.pgguard.wording.SqlState;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How what runs ends: completion, errors, readiness. */
final class Results {
  private static final String EARLIER_FAILED = "an earlier statement of the same batch failed";

  private final Conversation conversation;

  Results(Conversation conversation) {
    this.conversation = conversation;
  }

  void completed(MessageReader body, byte[] bytes, int offset) throws IOException {
    int length = 5 + body.remaining();
    String tag = CommandComplete.decode(body).tag();
    Running running = running("CommandComplete");
    Flow flow = running.flow();
    if (flow == null) {
      throw unexpected("CommandComplete", "for a statement that Guard has not counted");
    }
    Refusal changed = flow.ended() ? null : flow.run().stands().orElse(null);
    if (changed != null && !conversation.draining()) {
      conversation.unanswered.endEarly(
          changed, running instanceof QueryReply query && !query.isLast());
      flow.failed(changed.asServerMessage());
      next(running);
      return;
    }
    String all = running instanceof ExecuteReply one ? whole(tag, one.before) : tag;
    String shown = flow.completed(all);
    next(running);
    if (conversation.draining()) {
      return;
    }
    if (shown.equals(tag)) {
      conversation.toClient.slice(bytes, offset, length);
    } else {
      conversation.toClient.message(new CommandComplete(shown));
    }
  }

  /**
   * The tag counts the rows that the last Execute brought; the client sent one where the machine
   * sent two.
   */
  private static String whole(String tag, int before) {
    int space = tag.lastIndexOf(' ');
    if (before == 0
        || space < 0
        || !tag.substring(space + 1).chars().allMatch(c -> c >= '0' && c <= '9')) {
      return tag;
    }
    return tag.substring(0, space + 1) + (Long.parseLong(tag.substring(space + 1)) + before);
  }

  void empty(MessageReader body, byte[] bytes, int offset) throws IOException {
    EmptyQueryResponse.decode(body);
    Running running = running("EmptyQueryResponse");
    Flow flow = running.flow();
    if (flow != null) {
      flow.completed("");
    }
    next(running);
    if (!(running instanceof QueryReply query) || query.told == QueryReply.Told.ALL) {
      relay(bytes, offset, 5);
    }
  }

  void suspended(MessageReader body, byte[] bytes, int offset) throws IOException {
    PortalSuspended.decode(body);
    if (!(conversation.owed.head() instanceof ExecuteReply execute)
        || execute.portal.flow == null) {
      throw unexpected("PortalSuspended", "no portal runs");
    }
    if (!execute.portal.flow.ended()) {
      execute.portal.flow.run().suspended();
    }
    conversation.owed.answered();
    relay(bytes, offset, 5);
  }

  void ready(MessageReader body, byte[] bytes, int offset) throws IOException {
    char status = ReadyForQuery.decode(body).status();
    Expected head = conversation.owed.head();
    if (head instanceof QueryReply query) {
      query.abandon("the server ended the text before it");
      conversation.statements.confirm("", null);
      abandon(conversation.portals.confirm("", null));
    } else if (!(head instanceof SyncReply)) {
      throw unexpected("ReadyForQuery", "the server was not asked for it");
    }
    conversation.owed.answered();
    conversation.copyIn = false;
    conversation.ready(status);
    conversation.guard.ready(status);
    if (conversation.script != null) {
      conversation.script.ready();
    }
    if (head instanceof QueryReply query && query.told == QueryReply.Told.NOTHING) {
      return;
    }
    if (head instanceof SyncReply sync && sync.ours()) {
      if (conversation.attended == null) {
        throw unexpected("ReadyForQuery", "nothing was undone");
      }
      conversation.attended.ready();
      return;
    }
    if (conversation.phase instanceof Phase.Draining draining) {
      if (status == 'T' && !draining.poisoned() && conversation.owed.nothingOwed()) {
        conversation.phase = new Phase.Draining(true);
        conversation.poison.withSync(null);
        return;
      }
      conversation.phase = new Phase.Relaying();
    }
    conversation.toClient.slice(bytes, offset, 6);
  }

  void error(MessageReader body, byte[] bytes, int offset, int length) throws IOException {
    Expected head = conversation.owed.head();
    ServerMessage came = ErrorResponse.decode(body).message();
    ServerMessage error = head instanceof TrialReply trial ? trial.told(came) : came;
    conversation.guard.failed();
    ServerMessage shown = placed(shown(head, error));
    String severity = error.fields().containsKey('V') ? error.field('V') : error.field('S');
    if (shown != null && !conversation.draining()) {
      if (shown.equals(came)) {
        conversation.toClient.slice(bytes, offset, length);
      } else {
        conversation.toClient.message(new ErrorResponse(shown));
      }
    }
    if (severity.equals("FATAL") || severity.equals("PANIC")) {
      conversation.close("the server ended the connection: " + error.field('C'));
      return;
    }
    settle(head);
  }

  /** Where the error is in the client's text, of which the server saw one statement. */
  private @Nullable ServerMessage placed(@Nullable ServerMessage error) {
    int offset = conversation.script == null ? 0 : conversation.script.offset();
    if (error == null || offset == 0 || !error.fields().containsKey('P')) {
      return error;
    }
    Map<Character, String> fields = new LinkedHashMap<>(error.fields());
    fields.put('P', Long.toString(Long.parseLong(error.field('P')) + offset));
    return new ServerMessage(fields);
  }

  /** What the client sees of an error; null for nothing. */
  private @Nullable ServerMessage shown(@Nullable Expected head, ServerMessage error) {
    if (head instanceof PoisonReply poison) { // what is attended may be undone by it
      Refusal refusal = poison.refusal();
      return refusal == null ? null : refusal.asServerMessage();
    }
    Planning planning = conversation.planning;
    if (planning != null && head instanceof QuestionReply) {
      conversation.planning = null;
      return planning.flow().failed(error);
    }
    Attendance attended = conversation.attended;
    if (attended != null && head == attended.reply()) {
      conversation.attended = null;
    }
    if (attended != null && head instanceof QuestionReply) {
      conversation.attended = null;
      ServerMessage told = attended.unanswered(error);
      return told != null ? told : withoutRun(head, error);
    }
    ServerMessage ofRun = null;
    if (head instanceof PieceReply piece) {
      ofRun = piece.flow().failed(error);
    } else if (head instanceof KeptReply kept) {
      ofRun = kept.flow.failed(error);
    } else if (head instanceof Running running) {
      Flow flow = running.flow();
      ofRun = flow == null ? null : flow.failed(error);
      Refusal replacement = running.replacement();
      if (replacement != null) {
        return replacement.asServerMessage();
      }
    } else if (head instanceof BindReply bind && bind.portal().flow != null) {
      ofRun = bind.portal().flow.failed(error);
    }
    return ofRun != null ? ofRun : withoutRun(head, error);
  }

  /** An error of a text that is only prepared quotes that text; any other may quote what ran. */
  private ServerMessage withoutRun(@Nullable Expected head, ServerMessage error) {
    Optional<ServerMessage> shown =
        head instanceof ParseReply || head instanceof TrialReply
            ? conversation.guard.unasked(error)
            : conversation.guard.ending(error);
    return shown.orElseGet(
        () ->
            ServerMessage.error(
                WireWording.WITHHELD.say(),
                error.fields().containsKey('C')
                    ? error.field('C')
                    : SqlState.INTERNAL_ERROR.code()));
  }

  private void settle(@Nullable Expected head) throws IOException {
    conversation.copyIn = false;
    if (head instanceof QueryReply query) {
      query.failed = true;
      query.abandon(EARLIER_FAILED);
      return;
    }
    if (head == null || head instanceof SyncReply) {
      return;
    }
    conversation.owed.answered();
    if (head instanceof CatalogReply question) {
      conversation.inquiry.failed(question);
    } else if (head instanceof OpenReply) {
      conversation.openInquiry.lost();
    } else if (head instanceof ParseReply parse) {
      if (parse.name().isEmpty()) {
        conversation.statements.confirm("", null); // the server had dropped the old one
      } else {
        conversation.statements.drop(parse.name());
      }
    } else if (head instanceof BindReply bind) {
      conversation.portals.drop(bind.name());
    } else if (head instanceof CloseReply close) {
      (close.kind() == 'S' ? conversation.statements : conversation.portals).drop(close.name());
    }
    conversation.unanswered.skipToSync(EARLIER_FAILED);
  }

  private void next(Running running) {
    if (running instanceof QueryReply query) {
      query.next();
    } else {
      conversation.owed.answered();
    }
  }

  private Running running(String name) {
    if (conversation.owed.head() instanceof Running running) {
      if (!(running instanceof QueryReply query) || !query.failed) {
        return running;
      }
    }
    throw unexpected(name, "nothing runs");
  }

  private void relay(byte[] bytes, int offset, int length) throws IOException {
    if (!conversation.draining()) {
      conversation.toClient.slice(bytes, offset, length);
    }
  }

  private static void abandon(@Nullable Portal portal) {
    if (portal != null) {
      portal.abandon("its portal was closed before it had ended");
    }
  }

  private static MalformedMessageException unexpected(String name, String what) {
    return MalformedMessageException.violation(name, "not expected here: " + what);
  }
}
