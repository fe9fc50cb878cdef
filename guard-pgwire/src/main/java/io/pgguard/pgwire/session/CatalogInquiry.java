package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.session.Refusal;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.Watch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Asks in the client's session what the catalog is at, without a way to the server of its own: in
 * front of a statement's Execute, and before what was done may last.
 *
 * <p>The question is prepared once, under a name that clients cannot use. Code that Guard does not
 * follow could put another in its place, so after such code it is prepared anew, each time until
 * the transaction has ended, whose deferred triggers may run at its end.
 */
final class CatalogInquiry {
  private static final String NAME = Conversation.RESERVED + "catalog";
  private static final Parse PARSE = new Parse(NAME, Watch.CATALOG, new int[0]);
  private static final Bind BIND = new Bind(NAME, NAME, new short[0], new byte[0][], new short[0]);
  private static final Execute EXECUTE = new Execute(NAME, 0);
  private static final Close CLOSE_PORTAL = new Close('P', NAME);
  private static final Close CLOSE_STATEMENT = new Close('S', NAME);

  /** As they go to the server: they are always the same. */
  private static final byte[] PREPARES = bytes(CLOSE_STATEMENT, PARSE);

  private static final byte[] ASKS = bytes(BIND, EXECUTE, CLOSE_PORTAL);

  private final Conversation conversation;
  private final MessageReader in = new MessageReader();
  private final SameRow rows = new SameRow();

  /** Whether the server has it under its name when it gets to a message sent now. */
  private boolean prepared;

  /** Whether code runs in this transaction that Guard does not follow. */
  private boolean unfollowed;

  /** How often such code was sent. */
  private int names;

  private @Nullable CatalogReply atEnd;

  /** Whether a simple Query waits for it, which gets an answer of its own. */
  private boolean ofQuery;

  /** Why that Query may not run. */
  private @Nullable Refusal refused;

  /** Whether that Query was answered already, by the error of the question. */
  private boolean answered;

  CatalogInquiry(Conversation conversation) {
    this.conversation = conversation;
  }

  private static byte[] bytes(Message... messages) {
    MessageWriter all = new MessageWriter();
    for (Message message : messages) {
      message.encode(all);
    }
    return all.toByteArray();
  }

  /** A portal is about to be executed: asks where that is needed. */
  void before(Portal portal) throws IOException {
    Flow flow = portal.flow;
    if (flow == null || !flow.asks()) {
      return;
    }
    CatalogReply same = portal.prepared.asked;
    if (same == null || !same.serves(conversation.segment, names)) {
      same = ask();
      portal.prepared.asked = same;
    }
    same.tells(flow);
  }

  /** A statement was sent to run. */
  void runs(@Nullable Flow flow) {
    if (flow != null && !flow.leavesPrepared()) {
      unfollowed = true;
      prepared = false;
      names++;
    }
  }

  /**
   * Whether the client's message may be passed on that could make last what was done. Asks where
   * that has to be; then the message waits for the answer.
   */
  boolean allowsEnd() throws IOException {
    if (conversation.clientSkips || !conversation.guard.asksAtEnd()) {
      return true;
    }
    if (atEnd == null) {
      askAtEnd(false);
    }
    return false;
  }

  /**
   * The same for a text that may commit what the open transaction did.
   *
   * @param query whether it is a simple Query
   */
  boolean allowsEnd(StatementPlan plan, boolean query) throws IOException {
    if (conversation.clientSkips
        || conversation.transactionStatus == 'E'
        || refused != null
        || answered
        || !conversation.guard.asksAtEnd(plan)) {
      return true;
    }
    if (conversation.owed.nothingOwed()) { // so the transaction is known not to have failed
      askAtEnd(query);
    }
    return false;
  }

  private void askAtEnd(boolean query) throws IOException {
    ofQuery = query;
    atEnd = ask();
    conversation.askForAnswers();
  }

  /** Whether something waits for the answer before it may last. */
  boolean asksAtEnd() {
    return atEnd != null;
  }

  /** Why the Query that waited may not run, told once; null where it may. */
  @Nullable Refusal refusal() {
    Refusal why = refused;
    refused = null;
    return why;
  }

  /** Whether the Query that waited was answered already; told once. */
  boolean answered() {
    boolean was = answered;
    answered = false;
    return was;
  }

  private CatalogReply ask() throws IOException {
    boolean anew = !prepared;
    if (anew) {
      conversation.toServer.slice(PREPARES, 0, PREPARES.length);
      prepared = !unfollowed;
    }
    conversation.toServer.slice(ASKS, 0, ASKS.length);
    CatalogReply reply = new CatalogReply(anew, conversation.segment, names);
    conversation.owed.expect(reply);
    return reply;
  }

  /** Whether a message is a part of the answer that tells nothing, so that nothing follows it. */
  boolean onlyCounts(byte type) {
    return type != 'D'
        && CatalogReply.mayBe((char) type)
        && conversation.owed.head() instanceof CatalogReply reply
        && reply != atEnd;
  }

  /** Takes a message of the server; false where it is to be judged as any other. */
  boolean takes(char type, byte[] bytes, int offset, int length) throws IOException {
    if (!(conversation.owed.head() instanceof CatalogReply reply) || !CatalogReply.mayBe(type)) {
      return false;
    }
    reply.take(type, type == 'D' ? rows.read(in, bytes, offset + 5, length - 5) : null);
    if (reply.complete()) {
      conversation.owed.answered();
      if (reply == atEnd) {
        atEnd = null;
        ended(reply.row());
      }
    }
    return true;
  }

  private void ended(Watch.Row row) throws IOException {
    Refusal refusal = conversation.guard.toldAtEnd(row).orElse(null);
    if (ofQuery) {
      refused = refusal;
    } else if (refusal != null && !conversation.clientSkips) {
      conversation.poison.inPlace(refusal);
    }
  }

  /** The server has failed at a question. */
  void failed(CatalogReply reply) throws IOException {
    boolean waiting = reply == atEnd && ofQuery;
    lost(reply);
    if (waiting) {
      answered = true;
      conversation.sync();
    }
  }

  /** The server has skipped a question. */
  void lost(CatalogReply reply) {
    prepared = false;
    reply.lost();
    if (reply == atEnd) {
      atEnd = null;
    }
  }

  /** The server is ready. */
  void ready(char status) {
    if (status == 'I' && conversation.owed.nothingOwed()) {
      unfollowed = false;
    }
  }
}
