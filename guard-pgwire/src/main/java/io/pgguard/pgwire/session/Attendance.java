package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.session.Awaited;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.Watch;
import io.pgguard.session.Watch.Step;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A watched statement from its Execute until its effect may last: puts Guard's questions, keeps the
 * answer back, then lets it pass, or undoes it while no Sync has been sent. Nothing else of the
 * client is sent meanwhile, so the server owes answers to this alone.
 */
final class Attendance {
  private static final String UNEXPECTED = "not expected of a watched statement";

  private final Conversation conversation;
  private final String name;
  private final Portal portal;
  private final Flow flow;
  private final Watch watch;

  /** How many rows the client asked for; 0 for all. */
  private final int limit;

  /** Whether nothing else ran, or was bound, since the client's last Sync. */
  private final boolean alone;

  private final ExecuteReply reply;
  private final Questions questions;
  private List<Watch.Row> before = List.of();
  private final KeptAnswer kept = new KeptAnswer();

  /** Whether data has come or gone that cannot be taken back. */
  private boolean copied;

  /** Whether the questions are out that decide whether it runs at all. */
  private boolean asksFirst;

  private @Nullable Awaited<Optional<Refusal>> admission;
  private @Nullable Undoing undoing;

  Attendance(
      Conversation conversation,
      String name,
      Portal portal,
      Flow flow,
      Watch watch,
      int limit,
      boolean alone) {
    this.conversation = conversation;
    this.name = name;
    this.portal = portal;
    this.flow = flow;
    this.watch = watch;
    this.limit = limit;
    this.alone = alone;
    this.reply = new ExecuteReply(portal, 0);
    this.questions = new Questions(conversation);
  }

  Flow flow() {
    return flow;
  }

  /** Whether its rows are relayed as they come. */
  private boolean relays() {
    return !watch.atOnce();
  }

  /** Whether it runs up to its first row at first, which is kept back: it may return rows. */
  private boolean firstRow() {
    return !relays() && !portal.prepared.returnsNoRows();
  }

  /** What is owed for the statement itself. */
  ExecuteReply reply() {
    return reply;
  }

  /** Sends the questions that come first, and the statement unless they decide whether it runs. */
  void begin() throws IOException {
    List<String> first = watch.first();
    if (first.isEmpty()) {
      run();
      return;
    }
    asksFirst = true;
    questions.ask(first, portal);
  }

  /** Sends the statement, with the questions that come right before it. */
  private void run() throws IOException {
    conversation.inquiry.before(portal);
    if (!watch.counts()) {
      conversation.attended = null;
      flow.settle();
      conversation.toServer.message(new Execute(name, limit));
      conversation.owed.expect(reply);
      conversation.hold(reply);
      if (portal.prepared.plan().changesNames()) {
        conversation.owed.changesNames(reply);
      }
      return;
    }
    questions.ask(watch.before(), null);
    conversation.toServer.message(new Execute(name, firstRow() ? 1 : limit));
    conversation.owed.expect(reply);
  }

  /** Takes a message of the server; false where it is to be judged as any other. */
  boolean takes(char type, byte[] bytes, int offset, int length) throws IOException {
    if (type == 'E' || type == 'N' || type == 'S' || type == 'A') {
      return false;
    }
    if (conversation.owed.head() instanceof QuestionReply question) {
      question.take(type, new MessageReader().over("" + type, bytes, offset + 5, length - 5));
      if (question.complete()) {
        conversation.owed.answered();
        answered();
      }
      return true;
    }
    return conversation.owed.head() == reply && ofStatement(type, bytes, offset, length);
  }

  private void answered() throws IOException {
    if (asksFirst) {
      if (conversation.owed.nothingOwed()) {
        asksFirst = false;
        admission = watch.admit(questions.answers());
        admitted();
      }
    } else if (kept.ended() && conversation.owed.nothingOwed()) {
      follow(watch.answered(questions.answers()));
    } else if (conversation.owed.head() == reply) {
      before = questions.answers();
    }
  }

  /** Runs it, or refuses it, once that is decided. */
  private void admitted() throws IOException {
    Awaited<Optional<Refusal>> decided = admission;
    if (decided == null || !decided.goesOn()) {
      return;
    }
    admission = null;
    Refusal refusal = decided.await().orElse(null);
    if (refusal != null) {
      flow.undone();
    } else if (flow.withheld() != null) {
      refusal = flow.withheld();
      flow.abandon(refusal.message());
    }
    if (refusal == null) {
      run();
      conversation.askForAnswers();
    } else {
      refuse(refusal);
    }
  }

  private void refuse(Refusal refusal) throws IOException {
    conversation.attended = null;
    conversation.poison.inPlace(refusal);
    conversation.askForAnswers();
  }

  private boolean ofStatement(char type, byte[] bytes, int offset, int length) throws IOException {
    switch (type) {
      case 'D' -> {
        if (relays()) {
          copied = true;
          return false;
        }
        if (!firstRow() || kept.hasRow()) {
          throw MalformedMessageException.violation("DataRow", UNEXPECTED);
        }
        kept.row(bytes, offset, length);
      }
      case 'C', 's' -> {
        kept.end(bytes, offset, length);
        conversation.owed.answered();
        follow(watch.done(new Watch.Outcome(kept.tag(), before, repeatable())));
      }
      case 'G' -> {
        copied = true;
        return false;
      }
      case 'I' -> {
        conversation.attended = null; // there was no statement
        return false;
      }
      default -> throw MalformedMessageException.violation("message type " + type, UNEXPECTED);
    }
    return true;
  }

  private boolean repeatable() {
    return alone
        && !copied
        && conversation.transactionStatus == 'I'
        && watch.planning().isEmpty(); // it would be bound again
  }

  private void follow(Step step) throws IOException {
    if (step instanceof Step.Ask ask) {
      questions.ask(ask.questions(), null);
      conversation.askForAnswers();
    } else if (step instanceof Step.Undo undo) {
      undo(undo.then());
    } else {
      pass();
    }
  }

  /** Relays what was kept back, and asks for the rest. */
  private void pass() throws IOException {
    conversation.attended = null;
    if (!relays() || kept.completed()) {
      flow.settle();
    }
    conversation.owed.owesFirst(reply);
    kept.replayRow(conversation);
    if (kept.completed() || limit == 1 || relays()) {
      kept.replayEnd(conversation);
    } else if (!conversation.draining()) {
      conversation.owed.answered();
      conversation.toServer.message(new Execute(name, limit == 0 ? 0 : limit - 1));
      ExecuteReply rest = new ExecuteReply(portal, 1);
      conversation.owed.expect(rest);
      conversation.hold(rest);
      conversation.askForAnswers();
    }
  }

  private void undo(Awaited<Ruling> then) throws IOException {
    flow.undone();
    if (!repeatable() || then.isReady() && then.await() instanceof Ruling.Refused) {
      refuse(Undoing.refusal(then.await()));
      return;
    }
    undoing = new Undoing(conversation, name, portal, limit, then);
    conversation.poison.undo();
  }

  /** The server has undone the statement and is outside a transaction. */
  void ready() throws IOException {
    if (undoing != null) {
      undoing.ready();
    }
  }

  /** What is waited for where it is not the server, even if it has come since it was looked for. */
  @Nullable Awaited<?> awaits() {
    return admission != null ? admission : undoing == null ? null : undoing.awaits();
  }

  /** Goes on once the answer is there. */
  void goOn() throws IOException {
    admitted();
    if (undoing != null) {
      undoing.goOn();
    }
  }

  /** The server did not answer a question. */
  @Nullable ServerMessage unanswered(ServerMessage error) {
    return questions.unanswered(flow, watch, error, kept.ended());
  }

  /** Whether it is being undone, by an error that Guard makes. */
  boolean undoes() {
    return undoing != null;
  }

  void abandon(String why) {
    flow.abandon(why);
    if (undoing != null) {
      undoing.drop(why);
    }
  }
}
