package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.CloseReply;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.ParseReply;
import io.pgguard.pgwire.session.Expected.PoisonReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.Running;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.GuardSession;
import io.pgguard.session.Refusal;
import io.pgguard.session.ServerMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state that both directions share: what is owed, what names stand for, and the phase. */
final class Conversation {
  /**
   * PostgreSQL's own parser refuses this text, which fails the transaction and makes the server
   * skip to the next Sync exactly as for any error; being named, it leaves the client's unnamed
   * statement alone.
   */
  private static final Parse POISON =
      new Parse("guard_refused", "Guard refused this statement", new int[0]);

  final GuardSession guard;
  final SliceRelay toClient;
  final SliceRelay toServer;
  final Names<Prepared> statements = new Names<>();
  final Names<Portal> portals = new Names<>();
  private final Canceller canceller;
  private final ArrayDeque<Expected> expected = new ArrayDeque<>();

  /** The last statement sent that may change what names stand for, until it is answered. */
  private @Nullable Expected changing;

  private final List<Portal> orphans = new ArrayList<>();

  Phase phase = new Phase.Relaying();

  /** Counts the client's Syncs. */
  int segment;

  /** Whether the client's messages are dropped until its next Sync, as the server would. */
  boolean clientSkips;

  /** Whether the server takes COPY data. */
  boolean copyIn;

  /** The last ReadyForQuery's. */
  char transactionStatus = 'I';

  /** How often SQL has made names. */
  int creations;

  Conversation(GuardSession guard, SliceRelay toClient, SliceRelay toServer, Canceller canceller) {
    this.guard = guard;
    this.toClient = toClient;
    this.toServer = toServer;
    this.canceller = canceller;
  }

  boolean closed() {
    return phase instanceof Phase.Closed;
  }

  boolean draining() {
    return phase instanceof Phase.Draining;
  }

  void expect(Expected next) {
    expected.addLast(next);
  }

  @Nullable Expected head() {
    return expected.peekFirst();
  }

  void answered() {
    expected.removeFirst();
  }

  boolean nothingOwed() {
    return expected.isEmpty();
  }

  boolean owes(Expected one) {
    for (Expected each : expected) {
      if (each == one) {
        return true;
      }
    }
    return false;
  }

  /** A statement was sent that may change what names in later texts stand for. */
  void changesNames(Expected reply) {
    changing = reply;
  }

  /** Whether what names stand for depends on answers that have not come. */
  boolean namesUnsettled() {
    if (changing != null && !owes(changing)) {
      changing = null;
    }
    return changing != null;
  }

  /** Whether messages of the current segment are unanswered. */
  boolean segmentOpen() {
    Expected last = expected.peekLast();
    return last != null && !(last instanceof SyncReply) && !(last instanceof QueryReply);
  }

  /** Whether something runs that may turn out to be a COPY. */
  boolean mayStillCopy() {
    for (Expected each : expected) {
      if (each instanceof Running) {
        return true;
      }
    }
    return false;
  }

  /** Makes the server fail in the place of a message; the client skips to its Sync. */
  void poison(@Nullable Refusal refusal) throws IOException {
    toServer.message(POISON);
    expect(new PoisonReply(refusal));
    clientSkips = true;
  }

  /** Makes the server fail in the place of a message that has its own ReadyForQuery. */
  void poisonAndSync(@Nullable Refusal refusal) throws IOException {
    toServer.message(POISON);
    toServer.message(new Sync());
    expect(new PoisonReply(refusal));
    expect(SyncReply.INSTANCE);
    segment++;
  }

  /** Ends what runs although the server has begun to answer it. */
  void endEarly(Refusal refusal) throws IOException {
    if (draining()) {
      return;
    }
    toClient.message(new ErrorResponse(refusal.asServerMessage()));
    boolean extended = expected.peekFirst() instanceof ExecuteReply;
    boolean unsynced = extended && !expected.contains(SyncReply.INSTANCE);
    if (unsynced) {
      poison(null);
      toServer.flush();
    }
    phase = new Phase.Draining(unsynced);
    canceller.cancel();
  }

  /** The server skips to the next Sync after an error: nothing before it will be answered. */
  void skipToSync(String why) {
    while (true) {
      Expected next = expected.peekFirst();
      if (next == null) {
        clientSkips = true;
        return;
      }
      if (next instanceof SyncReply) {
        return;
      }
      drop(expected.removeFirst(), why);
    }
  }

  /** COPY swallows each Sync that the client sent before it knew; false if more is in its way. */
  boolean dropSyncsAfterHead() {
    Expected head = expected.removeFirst();
    while (expected.peekFirst() instanceof SyncReply) {
      expected.removeFirst();
    }
    boolean clear = expected.isEmpty();
    expected.addFirst(head);
    return clear;
  }

  private void drop(Expected one, String why) {
    if (one instanceof ParseReply parse) {
      statements.drop(parse.name());
    } else if (one instanceof BindReply bind) {
      portals.drop(bind.name());
      bind.portal().abandon(why);
    } else if (one instanceof CloseReply close) {
      if (close.kind() == 'S') {
        statements.drop(close.name());
      } else {
        portals.drop(close.name());
      }
    } else if (one instanceof ExecuteReply execute) {
      execute.portal.abandon(why);
    } else if (one instanceof QueryReply query) {
      statements.drop("");
      portals.drop("");
      query.abandon(why);
    } else if (one instanceof PortalDescription description) {
      description.portal().describeSegment = -1;
    }
  }

  /**
   * A text that may make a prepared statement or a cursor is on its way: what the machine knows
   * under a name in it may be replaced by SQL, so it is known no longer.
   */
  void namesMade(String text) {
    creations++;
    NamesInText made = new NamesInText(text);
    statements.forget(
        (name, prepared) -> made.mayHold(name), prepared -> prepared.forgotten = true);
    portals.forget(
        (name, portal) -> made.mayHold(name),
        portal -> {
          portal.forgotten = true;
          orphans.add(portal);
        });
  }

  /** The server is ready: outside a transaction no portal is left. */
  void ready(char status) {
    transactionStatus = status;
    if (status == 'I') {
      portals.forgetConfirmed(portal -> portal.abandon("its transaction ended before it did"));
    }
    if (!orphans.isEmpty()) {
      orphans.forEach(portal -> portal.abandon("its name was taken by another"));
      orphans.clear();
    }
  }

  /** Tells the client why, ends the server's session, and relays nothing from now on. */
  void fatal(String sqlState, String message) throws IOException {
    if (closed()) {
      return;
    }
    Map<Character, String> fields =
        new HashMap<>(ServerMessage.error(sqlState, message, null, null).fields());
    fields.put('S', "FATAL");
    fields.put('V', "FATAL");
    close(message);
    toClient.message(new ErrorResponse(new ServerMessage(fields)));
    toServer.message(new Terminate());
  }

  /** Relays nothing from now on; what was granted and has not ended is abandoned. */
  void close(String why) {
    if (closed()) {
      return;
    }
    phase = new Phase.Closed(why);
    while (!expected.isEmpty()) {
      drop(expected.removeFirst(), why);
    }
    portals.forgetConfirmed(portal -> portal.abandon(why));
    orphans.forEach(portal -> portal.abandon(why));
    orphans.clear();
  }
}
