package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.FunctionCall;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.StatementRun;
import io.pgguard.session.WouldWaitException;
import io.pgguard.wording.WireWording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Judges what the client sends: forwards it as it stands, or poisons the server in its place. */
final class ClientSide implements FrameHandler {
  private static final Refusal NO_FAST_PATH = Refusal.of(WireWording.FAST_PATH.say());

  private final Conversation conversation;
  private final ExtendedQuery extended;
  private final CopyFromClient copy;
  private final MessageReader in = new MessageReader();
  private boolean flushAsked;

  ClientSide(Conversation conversation) {
    this.conversation = conversation;
    this.extended = new ExtendedQuery(conversation);
    this.copy = new CopyFromClient(conversation);
  }

  @Override
  public boolean frame(byte[] bytes, int offset, int length) throws IOException {
    if (conversation.closed()) {
      return true;
    }
    if (conversation.script != null && !conversation.copyIn || !conversation.atOnce.handles()) {
      return false;
    }
    try {
      boolean taken = taken(bytes, offset, length);
      flushAsked &= !taken;
      return taken;
    } catch (WouldWaitException e) {
      conversation.atOnce.leave();
      return false;
    }
  }

  private boolean taken(byte[] bytes, int offset, int length) throws IOException {
    char type = (char) (bytes[offset] & 0xff);
    if (conversation.copyIn) {
      return type == 'X'
          ? dispatch(type, bytes, offset, length)
          : copy.takes(type, bytes, offset, length);
    }
    if (conversation.clientSkips && type != 'S' && type != 'X' && type != 'p') {
      conversation.asked.drop("an earlier statement of the same batch failed");
      return true;
    }
    boolean taken =
        !extended.holds() && !conversation.busy() && judged(type, bytes, offset, length);
    if (!taken) {
      askForAnswers();
    }
    return taken;
  }

  @Override
  public void pause() throws IOException {
    conversation.toServer.flush();
  }

  /** The client's next message waits for the server's answers: see that they come. */
  private void askForAnswers() throws IOException {
    if (!flushAsked) {
      conversation.askForAnswers();
      flushAsked = true;
    }
  }

  private boolean judged(char type, byte[] bytes, int offset, int length) throws IOException {
    try {
      return dispatch(type, bytes, offset, length);
    } catch (MalformedMessageException e) {
      if (!e.encodingOnly()) {
        throw e;
      }
      Refusal refusal = Refusal.of(WireWording.MALFORMED.say(e.reason()), e.sqlState());
      if (type == 'Q' || type == 'F') {
        return refuseAlone(refusal);
      }
      conversation.poison.inPlace(refusal);
      return true;
    }
  }

  private boolean dispatch(char type, byte[] bytes, int offset, int length) throws IOException {
    return switch (type) {
      case 'P' -> extended.parse(body("Parse", bytes, offset, length), bytes, offset, length);
      case 'B' -> extended.bind(body("Bind", bytes, offset, length), bytes, offset, length);
      case 'D' -> extended.describe(body("Describe", bytes, offset, length), bytes, offset, length);
      case 'E' -> extended.execute(body("Execute", bytes, offset, length), bytes, offset, length);
      case 'C' -> extended.close(body("Close", bytes, offset, length), bytes, offset, length);
      case 'S' -> sync(body("Sync", bytes, offset, length), bytes, offset, length);
      case 'Q' -> query(body("Query", bytes, offset, length), bytes, offset, length);
      case 'F' -> functionCall(body("FunctionCall", bytes, offset, length));
      case 'H' -> {
        Flush.decode(body("Flush", bytes, offset, length));
        conversation.toServer.slice(bytes, offset, length);
        yield true;
      }
      case 'X' -> {
        Terminate.decode(body("Terminate", bytes, offset, length));
        conversation.toServer.slice(bytes, offset, length);
        conversation.close("the client ended the connection");
        yield true;
      }
      // Stray COPY data is dropped, as the server would; unless a COPY may be about to begin.
      case 'd', 'c', 'f' -> !conversation.owed.runs();
      default ->
          throw MalformedMessageException.violation(
              "message type " + type, "not expected from the client here");
    };
  }

  private MessageReader body(String name, byte[] bytes, int offset, int length) {
    return in.over(name, bytes, offset + 5, length - 5);
  }

  private boolean sync(MessageReader body, byte[] bytes, int offset, int length)
      throws IOException {
    Sync.decode(body);
    if (!conversation.inquiry.allowsEnd()) {
      return false;
    }
    conversation.toServer.slice(bytes, offset, length);
    conversation.owed.expect(SyncReply.CLIENTS);
    conversation.nextSegment();
    return true;
  }

  private boolean query(MessageReader body, byte[] bytes, int offset, int length)
      throws IOException {
    if (conversation.owed.segmentOpen() || conversation.owed.namesUnsettled()) {
      return false; // whether the server skips it, or what it names, depends on the answers
    }
    if (conversation.inquiry.answered()) {
      return true;
    }
    Refusal changed = conversation.inquiry.refusal();
    if (changed != null) {
      return refuseAlone(changed);
    }
    if (!conversation.inquiry.allowsEnd()) {
      return false;
    }
    Query query = Query.decode(body);
    PresentedToken token = PresentedToken.in(query.text());
    if (token != null) {
      return presented(token);
    }
    if (!conversation.openInquiry.knows(query.text())) {
      return false;
    }
    StatementPlan plan = conversation.guard.plan(query.text());
    if (!conversation.inquiry.allowsEnd(plan, true)) {
      return false;
    }
    TextTraits traits = TextTraits.read(query.text());
    boolean alone = conversation.uses() == 0; // else it goes on with what has no Sync behind it
    boolean single = alone && plan.statements() == 1 && traits.plain();
    Ruling ruling =
        conversation.asked.ruling(
            () ->
                single
                    ? conversation.guard.requestAsking(plan, List.of())
                    : conversation.guard.request(plan, List.of()));
    if (ruling == null) {
      return false;
    }
    if (ruling instanceof Ruling.Refused refused) {
      return refuseAlone(refused.refusal());
    }
    Ruling.Granted granted = (Ruling.Granted) ruling;
    conversation.tell(granted.notices());
    List<StatementRun> runs = granted.runs();
    StatementPlan runsBy = granted.of(plan);
    boolean returns = single && traits.writesAndReturns(); // it can be undone if it brings too much
    if (returns || anyAsks(runs, single)) {
      conversation.script = new Script(conversation, runsBy, runs);
      conversation.script.advance();
      return true;
    }
    String sent = runsBy.sent();
    if (!runs.stream().allMatch(run -> run.isOf(sent))) {
      runs.forEach(run -> run.abandoned(Refusal.CHANGED.message()));
      return refuseAlone(Refusal.CHANGED);
    }
    List<Flow> flows = new ArrayList<>();
    for (StatementRun run : runs) {
      flows.add(new Flow(run));
    }
    flows.forEach(conversation.inquiry::runs);
    if (sent.equals(query.text())) {
      conversation.toServer.slice(bytes, offset, length);
    } else {
      conversation.toServer.message(new Query(sent));
    }
    conversation.statements.send("", null, conversation.segment);
    conversation.portals.send("", null, conversation.segment);
    QueryReply reply = new QueryReply(flows);
    conversation.owed.expect(reply);
    if (plan.changesNames()) {
      conversation.owed.changesNames(reply);
    }
    conversation.nextSegment();
    if (traits.createsNames()) {
      conversation.namesMade(query.text());
    }
    return true;
  }

  /** A token is kept here: in its place an empty Query says that the server is ready. */
  private boolean presented(PresentedToken token) throws IOException {
    if (!conversation.owed.nothingOwed()) {
      return false; // the answer comes from here, behind those that are on their way
    }
    Refusal refusal = token.to(conversation);
    if (refusal != null) {
      return refuseAlone(refusal);
    }
    conversation.toClient.message(new CommandComplete("SET"));
    conversation.toServer.message(new Query(""));
    conversation.statements.send("", null, conversation.segment);
    conversation.portals.send("", null, conversation.segment);
    conversation.owed.expect(QueryReply.ofNothing(QueryReply.Told.READY));
    conversation.nextSegment();
    return true;
  }

  /** Whether one of a text's statements is watched, or asked about where it is the only one. */
  private static boolean anyAsks(List<StatementRun> runs, boolean single) {
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).watch() != null || single && runs.get(i).asks()) {
        return true;
      }
    }
    return false;
  }

  private boolean functionCall(MessageReader body) throws IOException {
    FunctionCall.decode(body);
    return refuseAlone(NO_FAST_PATH);
  }

  private boolean refuseAlone(Refusal refusal) throws IOException {
    if (conversation.owed.segmentOpen()) {
      return false;
    }
    conversation.poison.withSync(refusal);
    return true;
  }
}
