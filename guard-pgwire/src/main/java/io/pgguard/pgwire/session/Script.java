package io.pgguard.pgwire.session;

import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.PieceReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.QueryReply.Told;
import io.pgguard.pgwire.session.Expected.Shown;
import io.pgguard.session.StatementPlan;
import io.pgguard.session.StatementRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text of the simple protocol that holds a watched statement. Its statements go one after the
 * other as Parse, Bind, Describe and Execute, with one Sync at the end, so that they are one
 * transaction as before and what the last of them did can still be undone. The client gets the
 * answers that the simple protocol gives.
 *
 * <p>A Query of one statement does not end the transaction that is open before it, not even the one
 * that a pipeline without Sync has open, while a Sync would: there an empty Query stands in the
 * Sync's place. One of several statements ends it (PostgreSQL 18, {@code exec_simple_query}).
 */
final class Script {
  private static final int[] NO_TYPES = {};
  private static final Bind UNNAMED = new Bind("", "", new short[0], new byte[0][], new short[0]);

  private final Conversation conversation;
  private final StatementPlan plan;
  private final List<Flow> flows = new ArrayList<>();
  private int sent;

  /** What was bound and waits to be known to have changed nothing. */
  private @Nullable Portal bound;

  private boolean synced;

  /** Whether the server is asked first whether a transaction is open: it was not told since. */
  private boolean asks;

  /** Whether it leaves the transaction open that is so before it. */
  private boolean endsAsQuery;

  Script(Conversation conversation, StatementPlan plan, List<StatementRun> runs) {
    this.conversation = conversation;
    this.plan = plan;
    for (StatementRun run : runs) {
      flows.add(new Flow(run));
    }
    this.asks = flows.size() == 1 && conversation.uses() > 0;
  }

  /** Whether none of its statements has to be asked about beside the server. */
  boolean isPlain() {
    for (Flow flow : flows) {
      if (!AtOnce.isPlain(flow)) {
        return false;
      }
    }
    return true;
  }

  /** How many characters stand before the statement that was sent last. */
  int offset() {
    return sent == 0 ? 0 : flows.get(sent - 1).run().piece().offset();
  }

  /** Sends the next statement once the one before has been answered and may last. */
  void advance() throws IOException {
    if (synced
        || conversation.closed()
        || conversation.attended != null
        || conversation.planning != null
        || !conversation.owed.nothingOwed()) {
      return;
    }
    if (asks) {
      asks = false;
      emptyQuery(Told.NOTHING);
      return;
    }
    if (sent == 0) {
      endsAsQuery = flows.size() == 1 && conversation.transactionStatus == 'T';
      conversation.forgetUnnamed(); // each statement takes it; what is on its way is settled now
    }
    if (conversation.clientSkips || conversation.draining() || sent == flows.size()) {
      if (conversation.inquiry.allowsEnd()) {
        end();
      }
    } else if (bound != null) {
      run(bound);
    } else {
      send(flows.get(sent++));
    }
  }

  private void send(Flow flow) throws IOException {
    String text = flow.run().piece().text();
    Prepared prepared = new Prepared(plan, text, text, NO_TYPES);
    Portal portal = new Portal(prepared, flow, UNNAMED, conversation.creations);
    conversation.toServer.message(new Parse("", text, NO_TYPES));
    conversation.owed.expect(new PieceReply(flow));
    Planning planning = conversation.plans(flow);
    conversation.toServer.message(UNNAMED);
    conversation.portals.send("", portal, conversation.segment);
    conversation.owed.expect(new BindReply("", portal, true));
    if (planning == null) {
      run(portal);
    } else {
      bound = portal;
      planning.bound();
    }
  }

  private void run(Portal portal) throws IOException {
    bound = null;
    Prepared prepared = portal.prepared;
    Flow flow = flows.get(sent - 1);
    conversation.toServer.message(new Describe('P', ""));
    portal.describeSegment = conversation.segment;
    conversation.owed.expect(new PortalDescription(portal, Shown.ROWS));
    conversation.execute("", portal, 0, conversation.use());
    if (prepared.traits.createsNames()) {
      conversation.namesMade(prepared.text);
    }
    if (sent == flows.size() && flow.watch() == null && nothingToUndo(prepared) && !endsAsQuery) {
      synced = true;
      conversation.sync();
    } else {
      conversation.askForAnswers();
    }
  }

  /** Whether its Sync may go with it. */
  private boolean nothingToUndo(Prepared last) {
    return flows.size() == 1 && !last.traits.writesAndReturns() && !conversation.guard.asksAtEnd();
  }

  /** The server has ended what was sent with its Sync. */
  void ready() {
    if (synced) {
      close();
    }
  }

  private void close() {
    abandon("an earlier statement of the same batch failed");
    conversation.forgetUnnamed();
    conversation.script = null;
  }

  private void end() throws IOException {
    close();
    endOnServer();
  }

  /** Behind an error the server takes nothing but a Sync: only once all is answered. */
  private void endOnServer() throws IOException {
    if (!endsAsQuery || conversation.clientSkips) {
      conversation.sync();
      return;
    }
    emptyQuery(Told.READY);
  }

  private void emptyQuery(Told told) throws IOException {
    conversation.toServer.message(new Query(""));
    conversation.toServer.flush();
    conversation.statements.send("", null, conversation.segment);
    conversation.portals.send("", null, conversation.segment);
    conversation.owed.expect(QueryReply.ofNothing(told));
    conversation.nextSegment();
  }

  void abandon(String why) {
    flows.forEach(flow -> flow.abandon(why));
  }
}
