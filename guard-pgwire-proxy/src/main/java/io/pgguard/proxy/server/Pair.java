package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.pgguard.ProxyLimits;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.session.WireSession;
import io.pgguard.wording.Said;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's channel and a server's with the guarded conversation between them, both on one event
 * loop. What arrives is taken in turns, one at a time and in order: on the loop where nothing
 * waits, else on a worker, while nothing more is read from either end. Every method is called by
 * the loop unless it says otherwise.
 */
final class Pair implements CancelKeys.Cancellable {
  private static final Logger LOG = LoggerFactory.getLogger(Pair.class);

  /** Which end. */
  enum Side {
    CLIENT,
    SERVER
  }

  private final EventLoop loop;
  private final Ends ends;
  private final Workers workers;
  private final Turn turn;
  private final Awaiting awaiting;
  private final Cancelling cancelling;
  private final PairListener listener;
  private final SessionTimes times;
  private final Arrivals arrivals = new Arrivals();
  private @Nullable WireSession session;

  /** Whether the loop has left something of a piece to a worker. */
  private boolean left;

  private boolean ended;
  private boolean ending;
  private boolean serverGone;
  private @Nullable Said endReason;

  Pair(Channel client, Channel server, Workers workers, ProxyLimits limits, PairListener listener) {
    this.loop = client.eventLoop();
    this.ends = new Ends(client, server);
    this.workers = workers;
    this.listener = listener;
    this.turn = new Turn(loop, workers, this::end, this::back);
    this.awaiting = new Awaiting(loop, turn, () -> between(WireSession::resume));
    this.cancelling = new Cancelling(loop, listener, this::serverTakesMore);
    this.times = new SessionTimes(loop, limits, this::quiet, this::endNow);
  }

  Outbox toClient() {
    return ends.toClient();
  }

  Outbox toServer() {
    return ends.toServer();
  }

  /** Begins, with what the client has sent already. */
  void begin(WireSession begun, byte[] rest) {
    session = begun;
    times.begin();
    arrivals.client(rest);
    settle();
    turns();
  }

  private WireSession session() {
    return Objects.requireNonNull(session, "a session that has begun");
  }

  /** Bytes of one end; the buffer is released. */
  void arrived(Side side, ByteBuf buffer) {
    try {
      if (ended || ending) {
        return;
      }
      times.heard();
      if (side == Side.CLIENT) {
        arrivals.client(Arrivals.copy(buffer));
      } else {
        arrivals.server(Arrivals.copy(buffer));
      }
    } finally {
      buffer.release();
    }
    turns();
  }

  private void turns() {
    while (!turn.taken() && !ended) {
      Arrivals.Piece next = arrivals.next(takesClient());
      if (next == null) {
        break;
      }
      step(begun -> left = !next.goTo(begun));
      settle();
      if (left) {
        left = false;
        between(WireSession::rest);
      }
    }
    if (serverGone && !turn.taken() && arrivals.nothingFromServer()) {
      end();
    }
    if (!ended) {
      ends.read(arrivals);
      times.quiet();
    }
  }

  /** What the client sends further waits while an answer to what it sent before is waited for. */
  private boolean takesClient() {
    return awaiting.none() && cancelling.none() && !session().clientWaits();
  }

  /** Something that is done with the session in one turn. */
  private interface Step {
    void run(WireSession session) throws IOException;
  }

  private void step(Step step) {
    try {
      step.run(session());
    } catch (IOException e) {
      throw new IllegalStateException("an outbox does not fail", e);
    }
  }

  /** A turn on a worker. */
  private void between(Step step) {
    if (!ended && session != null) {
      ending |= !turn.give(() -> step(step));
    }
  }

  /** The worker is done. */
  private void back() {
    settle();
    awaiting.turnOver();
    if (ending) {
      end();
    }
    Said reason = endReason;
    if (reason != null && !ended) {
      endReason = null;
      endNow(reason);
    }
    turns();
  }

  /** Sends what the last turn wrote, and ends where it ended. */
  private void settle() {
    if (ended) {
      ends.discard();
      return;
    }
    ends.toClient().flush();
    if (cancelling.none()) {
      ends.toServer().flush();
    }
    if (session().closed()) {
      end();
    } else {
      awaiting.on(session().awaits());
    }
  }

  /** An end takes more again, or no more. */
  void writabilityChanged() {
    if (session != null && !ended) {
      ends.read(arrivals);
    }
  }

  /** An end is gone. */
  void gone(Side side) {
    if (ended || ending) {
      return;
    }
    LOG.debug("the {} has left", side);
    listener.left();
    if (side == Side.SERVER) {
      serverGone = true; // what it said before is still told
      turns();
      return;
    }
    ending = true;
    cancelling.ask();
    if (!turn.taken()) {
      end();
    }
  }

  /** Looks whether the session's time is over. Called by any thread. */
  void wake() {
    loop.execute(
        () -> {
          if (!turn.taken()) {
            between(WireSession::look);
          }
        });
  }

  /** Ends the session with an error that the client is told, after the turn that runs. */
  private void endNow(Said why) {
    if (turn.taken()) {
      endReason = why;
    } else {
      between(begun -> begun.end(why));
    }
  }

  /** Ends the session some time after that moment, unless a fresh token moves it. */
  void endUnlessRenewed(Supplier<@Nullable Instant> expires) {
    times.endUnlessRenewed(expires);
  }

  /** Ends the session as soon as nothing runs and no transaction is open. Called by any thread. */
  void drain() {
    loop.execute(times::drain);
  }

  /** Whether nothing runs, nothing waits for its turn, and no transaction is open. */
  private boolean quiet() {
    WireSession begun = session;
    return !turn.taken() && !ended && arrivals.nothingFromClient() && begun != null && begun.idle();
  }

  /** Tells the client something of Guard's own at once. Called by any thread. */
  void tell(NoticeResponse notice) {
    loop.execute(
        () -> {
          if (!ended) {
            ends.tell(notice);
          }
        });
  }

  /** Asks the server to break off what it runs. Called by any thread, and does not wait. */
  @Override
  public void cancel() {
    loop.execute(
        () -> {
          if (!ended) {
            listener.cancelled();
            cancelling.ask();
          }
        });
  }

  /** The same from within a turn, on a worker or on the loop: holds back what follows it. */
  void cancelInTurn() {
    cancelling.askInTurn();
  }

  private void serverTakesMore() {
    if (!turn.taken() && !ended) {
      ends.toServer().flush();
      turns();
    }
  }

  /** Both ends are closed once what was written is sent. */
  void end() {
    ending = true;
    if (ended || turn.taken()) {
      return;
    }
    ended = true;
    times.stop();
    arrivals.clear();
    ends.close();
    WireSession over = session;
    workers.execute(
        () -> {
          try {
            if (over != null) {
              over.close();
            }
          } finally {
            listener.ended(this);
          }
        });
  }
}
