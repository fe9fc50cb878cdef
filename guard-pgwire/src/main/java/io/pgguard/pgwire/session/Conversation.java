package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.FrameHandler;
import io.pgguard.pgwire.codec.SliceRelay;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Flush;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.session.Expected.ExecuteReply;
import io.pgguard.pgwire.session.Expected.SyncReply;
import io.pgguard.session.Awaited;
import io.pgguard.session.GuardSession;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.Watch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state that both directions share: what is owed, what names stand for, and the phase. */
final class Conversation {
  /** How names of statements and portals begin that are Guard's own in the client's session. */
  static final String RESERVED = "guard_";

  final GuardSession guard;
  final SliceRelay toClient;
  final SliceRelay toServer;
  final Names<Prepared> statements = new Names<>();
  final Names<Portal> portals = new Names<>();
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

  /** What the client's first message that waits has asked. */
  final Asked asked = new Asked();

  /** Makes the server fail in the place of what is refused. */
  final Poison poison = new Poison(this);

  /** What ends before it was answered. */
  final Unanswered unanswered;

  /** Which messages a thread handles that must not wait. */
  final AtOnce atOnce = new AtOnce(this);

  /** Guard's question about the catalog. */
  final CatalogInquiry inquiry = new CatalogInquiry(this);

  /** Guard's questions about what the open transaction has changed. */
  final OpenInquiry openInquiry = new OpenInquiry(this);

  /** The text that is sent statement by statement. */
  @Nullable Script script;

  /** How often the client has bound or run something since its last Sync. */
  private int uses;

  private @Nullable FrameHandler fromServer;

  Conversation(GuardSession guard, SliceRelay toClient, SliceRelay toServer, Canceller canceller) {
    this.guard = guard;
    this.toClient = toClient;
    this.toServer = toServer;
    this.unanswered = new Unanswered(this, canceller);
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

  /** What is waited for beside the server's answers; null for nothing. */
  @Nullable Awaited<?> awaits() {
    if (closed()) {
      return null;
    }
    return asked.pending() ? asked.awaits() : attended == null ? null : attended.awaits();
  }

  /** Whether the client's next message waits until what is under way has ended. */
  boolean busy() {
    return attended != null || planning != null || script != null || asked.waits();
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

  /** Sends what is on its way, and has the server answer it without a Sync. */
  void askForAnswers() throws IOException {
    toServer.message(new Flush());
    toServer.flush();
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
    asked.drop(why);
    if (attended != null) {
      attended.abandon(why);
    }
    if (script != null) {
      script.abandon(why);
    }
    for (Expected one = owed.take(); one != null; one = owed.take()) {
      unanswered.drop(one, why);
    }
    portals.forgetConfirmed(portal -> portal.abandon(why));
    orphans.forEach(portal -> portal.abandon(why));
    orphans.clear();
  }
}
