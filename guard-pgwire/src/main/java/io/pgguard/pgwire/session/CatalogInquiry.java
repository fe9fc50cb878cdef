package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Close;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.session.Refusal;
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

  private final Conversation conversation;

  /** Whether the server has it under its name when it gets to a message sent now. */
  private boolean prepared;

  /** Whether code runs in this transaction that Guard does not follow. */
  private boolean unfollowed;

  /** How often such code was sent. */
  private int names;

  private @Nullable CatalogReply atEnd;

  CatalogInquiry(Conversation conversation) {
    this.conversation = conversation;
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
    if (flow != null && !flow.run().leavesPrepared()) {
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
      atEnd = ask();
      conversation.toServer.message(new Flush());
      conversation.toServer.flush();
    }
    return false;
  }

  private CatalogReply ask() throws IOException {
    boolean anew = !prepared;
    if (anew) {
      conversation.toServer.message(CLOSE_STATEMENT);
      conversation.toServer.message(PARSE);
      prepared = !unfollowed;
    }
    conversation.toServer.message(BIND);
    conversation.toServer.message(EXECUTE);
    conversation.toServer.message(CLOSE_PORTAL);
    CatalogReply reply = new CatalogReply(anew, conversation.segment, names);
    conversation.owed.expect(reply);
    return reply;
  }

  /** Takes a message of the server; false where it is to be judged as any other. */
  boolean takes(char type, byte[] bytes, int offset, int length) throws IOException {
    if (!(conversation.owed.head() instanceof CatalogReply reply) || !CatalogReply.mayBe(type)) {
      return false;
    }
    reply.take(type, new MessageReader().over("" + type, bytes, offset + 5, length - 5));
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
    if (refusal != null && !conversation.clientSkips) {
      conversation.poison(refusal);
    }
  }

  /** The server has skipped a question, or failed at it. */
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
