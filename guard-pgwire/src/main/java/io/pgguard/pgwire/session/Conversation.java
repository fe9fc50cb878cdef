package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.session.Expected.BindReply;
import io.pgguard.pgwire.session.Expected.CloseReply;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.ParseReply;
import io.pgguard.pgwire.session.Expected.PieceReply;
import io.pgguard.pgwire.session.Expected.PoisonReply;
import io.pgguard.pgwire.session.Expected.PortalDescription;
import io.pgguard.pgwire.session.Expected.QueryReply;
import io.pgguard.pgwire.session.Expected.QuestionReply;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Awaited;
import io.pgguard.session.GuardSession;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.Watch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state that both directions share: what is owed, what names stand for, and the phase. */
final class Conversation {
  /** How names of statements and portals begin that are Guard's own in the client's session. */
  static final String RESERVED = "guard_";

  /**
   * PostgreSQL's own parser refuses this text, which fails the transaction and makes the server
   * skip to the next Sync exactly as for any error; being named, it leaves the client's unnamed
   * statement alone.
   */
  private static final Parse POISON =
      new Parse(RESERVED + "refused", "Guard refused this statement", new int[0]);

  final GuardSession guard;
  final SliceRelay toClient;
  final SliceRelay toServer;
  final Names<Prepared> statements = new Names<>();
  final Names<Portal> portals = new Names<>();
  private final Canceller canceller;
  final Owed owed = new Owed();

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

  /**
   * What runs, changes data and returns rows outside a transaction: while no Sync has been sent
   * behind it, it can still be undone.
   */
  @Nullable ExecuteReply held;

  /** The watched statement whose answer is kept back: nothing of the client is sent until then. */
  @Nullable Attendance attended;

  /** The watched statement that is being planned: nothing of the client is sent until then. */
  @Nullable Planning planning;

  /** Guard's question about the catalog. */
  final CatalogInquiry inquiry = new CatalogInquiry(this);

  /** Guard's questions about what the open transaction has changed. */
  final OpenInquiry openInquiry = new OpenInquiry(this);

  /** The text that is sent statement by statement. */
  @Nullable Script script;

  /** What the client's first message that waits has asked, until it is there. */
  private @Nullable Awaited<Ruling> asked;

  /** Whether it was there when the session last looked: what came since has to be told of. */
  private boolean there;

  /** How often the client has bound or run something since its last Sync. */
  private int uses;

  private @Nullable FrameHandler fromServer;

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

  /** Who judges what the server sends; also what was kept back of it. */
  void judgedBy(FrameHandler serverSide) {
    fromServer = serverSide;
  }

  /** Judges a message of the server that was kept back. */
  void replay(byte[] message) throws IOException {
    Objects.requireNonNull(fromServer, "set before anything runs")
        .frame(message, 0, message.length);
  }

  /**
   * The ruling on the client's message; null while it has to wait. The same message must come again
   * then.
   */
  @Nullable Ruling ruling(Supplier<Awaited<Ruling>> ask) {
    Awaited<Ruling> answer = asked == null ? ask.get() : asked;
    if (!isThere(answer)) {
      asked = answer;
      return null;
    }
    asked = null;
    return answer.await();
  }

  private boolean isThere(Awaited<Ruling> answer) {
    there = answer.goesOn();
    return there;
  }

  /** Goes on with what the client's first message that waits has asked. */
  void goOn() {
    if (asked != null) {
      isThere(asked);
    }
  }

  /** The message that has asked is not judged by the answer: that is good for no other. */
  void dropAsked(String why) {
    Awaited<Ruling> answer = asked;
    if (answer != null) {
      asked = null;
      answer.drop(why);
    }
  }

  /** What is waited for beside the server's answers; null for nothing. */
  @Nullable Awaited<?> awaits() {
    if (closed()) {
      return null;
    }
    if (asked != null) {
      return there ? null : asked;
    }
    return attended == null ? null : attended.awaits();
  }

  /** Whether the client's next message waits until what is under way has ended. */
  boolean busy() {
    return attended != null
        || planning != null
        || script != null
        || asked != null && !isThere(asked);
  }

  /** Lets everything wait for what runs, where it may have to be undone. */
  void hold(ExecuteReply reply) {
    Prepared prepared = reply.portal.prepared;
    if (prepared.traits.writesAndReturns()
        && !prepared.returnsNoRows()
        && transactionStatus == 'I'
        && mayBeWithheld(reply.portal.flow)) {
      held = reply;
    }
  }

  /** Whether rows may turn out to be withheld once it has run. */
  private static boolean mayBeWithheld(@Nullable Flow flow) {
    return flow == null || !flow.shaped() || flow.withheld() != null || flow.run().bounded();
  }

  /** How often the client has bound or run something since its last Sync. */
  int uses() {
    return uses;
  }

  /** The client bound or ran something; whether it is the first to do so since its last Sync. */
  boolean use() {
    return uses++ == 0;
  }

  /** Sends a Sync in the client's name. */
  void sync() throws IOException {
    toServer.message(new Sync());
    toServer.flush();
    owed.expect(SyncReply.CLIENTS);
    nextSegment();
  }

  /** A Sync was sent. */
  void nextSegment() {
    guard.synced();
    segment++;
    uses = 0;
    clientSkips = false;
  }

  /** What watches a statement that is about to be bound, where that may change rows. */
  @Nullable Planning plans(@Nullable Flow flow) throws IOException {
    Watch watch = flow == null ? null : flow.watch();
    String question = watch == null ? null : watch.planning().orElse(null);
    if (flow == null || watch == null || question == null) {
      return null;
    }
    Planning plans = new Planning(this, flow, watch, question);
    plans.begin();
    return plans;
  }

  /**
   * Runs a portal; where it is watched, up to the point where nothing of it has come out yet.
   *
   * @param alone whether nothing else was bound or run since the client's last Sync
   */
  ExecuteReply execute(String name, Portal portal, int limit, boolean alone) throws IOException {
    Flow flow = portal.flow;
    Watch watch = flow == null ? null : flow.watch();
    if (flow == null || watch == null) {
      inquiry.before(portal);
      toServer.message(new Execute(name, limit));
      inquiry.runs(flow);
      ExecuteReply reply = new ExecuteReply(portal, 0);
      owed.expect(reply);
      return reply;
    }
    Attendance attendance = new Attendance(this, name, portal, flow, watch, limit, alone);
    attended = attendance;
    attendance.begin();
    inquiry.runs(flow);
    return attendance.reply();
  }

  /** Undoes what was done since the client's last Sync without a word to it. */
  void undo() throws IOException {
    toServer.message(POISON);
    toServer.message(new Sync());
    toServer.flush();
    owed.expect(new PoisonReply(null));
    owed.expect(SyncReply.OURS);
  }

  /** The server's unnamed statement and portal are not the client's any more. */
  void forgetUnnamed() {
    statements.send("", null, segment);
    statements.confirm("", null);
    portals.send("", null, segment);
    Portal replaced = portals.confirm("", null);
    if (replaced != null) {
      replaced.abandon("its portal was closed before it had ended");
    }
  }

  /** Notices of Guard's own, which may come at any time. */
  void tell(List<ServerMessage> notices) throws IOException {
    for (ServerMessage notice : notices) {
      toClient.message(new NoticeResponse(notice));
    }
  }

  /** Makes the server fail in the place of a message; the client skips to its Sync. */
  void poison(@Nullable Refusal refusal) throws IOException {
    dropAsked("it was refused for another reason");
    toServer.message(POISON);
    owed.expect(new PoisonReply(refusal));
    clientSkips = true;
  }

  /** Makes the server fail in the place of a message that has its own ReadyForQuery. */
  void poisonAndSync(@Nullable Refusal refusal) throws IOException {
    dropAsked("it was refused for another reason");
    toServer.message(POISON);
    toServer.message(new Sync());
    owed.expect(new PoisonReply(refusal));
    owed.expect(SyncReply.CLIENTS);
    nextSegment();
  }

  /** Ends what runs although the server has begun to answer it. */
  void endEarly(Refusal refusal) throws IOException {
    endEarly(refusal, true);
  }

  /**
   * Ends what runs although the server has begun to answer it.
   *
   * @param goesOn whether the server goes on with it
   */
  void endEarly(Refusal refusal, boolean goesOn) throws IOException {
    if (draining()) {
      return;
    }
    toClient.message(new ErrorResponse(refusal.asServerMessage()));
    if (attended != null && owed.head() == attended.reply()) {
      attended = null;
    }
    boolean extended = owed.head() instanceof ExecuteReply;
    boolean unsynced = extended && !owed.synced();
    if (unsynced) {
      poison(null);
      toServer.flush();
    }
    phase = new Phase.Draining(unsynced);
    if (goesOn) {
      canceller.cancel();
    }
  }

  /** The server skips to the next Sync after an error: nothing before it will be answered. */
  void skipToSync(String why) {
    while (true) {
      Expected next = owed.head();
      if (next == null) {
        clientSkips = true;
        return;
      }
      if (next instanceof SyncReply) {
        return;
      }
      owed.answered();
      drop(next, why);
    }
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
      if (attended != null && attended.reply() == execute) {
        attended = null;
      }
      // its portal may outlive the error, where a savepoint undoes it
    } else if (one instanceof QuestionReply) {
      planning = null;
      if (attended != null && attended.asksFirst()) {
        attended = null;
      }
    } else if (one instanceof QueryReply query) {
      statements.drop("");
      portals.drop("");
      query.abandon(why);
    } else if (one instanceof PortalDescription description) {
      description.portal().describeSegment = -1;
    } else if (one instanceof CatalogReply question) {
      inquiry.lost(question);
    } else if (one instanceof OpenReply) {
      openInquiry.lost();
    } else if (one instanceof PieceReply piece) {
      piece.flow().abandon(why);
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
    inquiry.ready(status);
    if (status == 'I') {
      portals.forgetConfirmed(portal -> portal.abandon("its transaction ended before it did"));
    }
    orphans.removeIf(
        portal -> {
          boolean over = !owed.owes(portal);
          if (over) {
            portal.abandon("its name was taken by another");
          }
          return over;
        });
  }

  /** Tells the client why, ends the server's session, and relays nothing from now on. */
  void fatal(ServerMessage why) throws IOException {
    if (closed()) {
      return;
    }
    close(why.field('M'));
    toClient.message(new ErrorResponse(why));
    toServer.message(new Terminate());
  }

  /** Relays nothing from now on; what was granted and has not ended is abandoned. */
  void close(String why) {
    if (closed()) {
      return;
    }
    phase = new Phase.Closed(why);
    dropAsked(why);
    if (attended != null) {
      attended.abandon(why);
    }
    if (script != null) {
      script.abandon(why);
    }
    for (Expected one = owed.take(); one != null; one = owed.take()) {
      drop(one, why);
    }
    portals.forgetConfirmed(portal -> portal.abandon(why));
    orphans.forEach(portal -> portal.abandon(why));
    orphans.clear();
  }
}
