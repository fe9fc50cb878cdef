package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.pgguard.ProxyLimits;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.session.WireSession;
import io.pgguard.session.Awaited;
import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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
  private final Channel client;
  private final Channel server;
  private final Outbox toClient;
  private final Outbox toServer;
  private final Workers workers;
  private final PairListener listener;
  private final SessionTimes times;
  private final Arrivals arrivals = new Arrivals();
  private @Nullable WireSession session;

  /** Whether a worker has the session. */
  private boolean working;

  /** What the session waits for: people, or the disk; null for nothing. */
  private @Nullable Awaited<?> awaited;

  private boolean answeredMeanwhile;

  private boolean ended;
  private boolean ending;
  private boolean serverGone;
  private boolean draining;
  private @Nullable Said endReason;

  /** How many cancel requests the server has not taken yet: nothing is sent to it before. */
  private int cancelling;

  Pair(Channel client, Channel server, Workers workers, ProxyLimits limits, PairListener listener) {
    this.loop = client.eventLoop();
    this.client = client;
    this.server = server;
    this.toClient = new Outbox(client);
    this.toServer = new Outbox(server);
    this.workers = workers;
    this.listener = listener;
    this.times = new SessionTimes(loop, limits, this::quiet, this::endNow);
  }

  Outbox toClient() {
    return toClient;
  }

  Outbox toServer() {
    return toServer;
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
    while (!working && !ended) {
      Arrivals.Piece next = arrivals.next(takesClient());
      if (next == null) {
        break;
      }
      if (next.mayWait()) {
        between(begun -> take(begun, next));
      } else {
        step(begun -> take(begun, next));
        settle();
      }
    }
    if (serverGone && !working && arrivals.nothingFromServer()) {
      end();
    }
    read();
  }

  /** What the client sends further waits while an answer to what it sent before is waited for. */
  private boolean takesClient() {
    return awaited == null && cancelling == 0 && !session().clientWaits();
  }

  private static void take(WireSession session, Arrivals.Piece piece) throws IOException {
    if (piece.fromClient()) {
      session.client(piece.bytes(), 0, piece.bytes().length);
    } else {
      session.server(piece.bytes(), 0, piece.bytes().length);
    }
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
      work(() -> step(step));
    }
  }

  private void work(Runnable turn) {
    working = true;
    try {
      workers.execute(
          () -> {
            try {
              turn.run();
            } catch (RuntimeException e) {
              LOG.error("a session ends: the proxy failed", e);
              loop.execute(this::end);
            } finally {
              loop.execute(this::back);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("the proxy is closing", e);
      working = false;
      ending = true;
    }
  }

  /** The worker is done. */
  private void back() {
    working = false;
    settle();
    if (answeredMeanwhile) {
      answeredMeanwhile = false;
      answered();
    }
    if (ending) {
      end();
    }
    Said reason = endReason;
    if (reason != null && !ended) {
      endReason = null;
      endNow(reason);
    }
    turns();
    drainIfIdle();
    times.quiet();
  }

  /** Sends what the last turn wrote, and ends where it ended. */
  private void settle() {
    if (ended) {
      toClient.discard();
      toServer.discard();
      return;
    }
    toClient.flush();
    if (cancelling == 0) {
      toServer.flush();
    }
    if (session().closed()) {
      end();
    } else {
      await();
    }
  }

  /** No thread waits for people or for the disk: their answer brings the next turn. */
  private void await() {
    Awaited<?> answer = session().awaits().orElse(null);
    if (answer != null && answer != awaited) {
      answer.whenReady(() -> loop.execute(() -> answered(answer)));
    }
    awaited = answer;
  }

  /** An answer is there, or the next part of it can be asked for. */
  private void answered(Awaited<?> answer) {
    if (answer == awaited) {
      awaited = null;
    }
    answered();
  }

  private void answered() {
    if (working) {
      answeredMeanwhile = true;
    } else {
      between(WireSession::resume);
    }
  }

  /** Reads from an end only what the other end takes. */
  private void read() {
    if (ended) {
      return;
    }
    client.config().setAutoRead(arrivals.takesClient() && server.isWritable());
    server.config().setAutoRead(arrivals.takesServer() && client.isWritable());
  }

  /** An end takes more again, or no more. */
  void writabilityChanged() {
    if (session != null) {
      read();
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
    cancelServer();
    if (!working) {
      end();
    }
  }

  /** Looks whether the session's time is over. Called by any thread. */
  void wake() {
    loop.execute(
        () -> {
          if (!working) {
            between(WireSession::look);
          }
        });
  }

  /**
   * Ends the session with an error that the client is told, after the turn that runs. Called by any
   * thread.
   */
  void end(Said why) {
    loop.execute(() -> endNow(why));
  }

  private void endNow(Said why) {
    if (working) {
      endReason = why;
    } else {
      between(begun -> begun.end(why));
    }
  }

  /** The same at a moment to come. */
  void endAt(Instant moment, Said why) {
    long millis = Math.max(0, Duration.between(Instant.now(), moment).toMillis());
    Future<?> timer = loop.schedule(() -> endNow(why), millis, TimeUnit.MILLISECONDS);
    client.closeFuture().addListener(closed -> timer.cancel(false));
  }

  /** Ends the session as soon as nothing runs and no transaction is open. Called by any thread. */
  void drain() {
    loop.execute(
        () -> {
          draining = true;
          drainIfIdle();
        });
  }

  private void drainIfIdle() {
    if (draining && quiet()) {
      endNow(ConnectWording.SHUTDOWN.say());
    }
  }

  /** Whether nothing runs, nothing waits for its turn, and no transaction is open. */
  private boolean quiet() {
    WireSession begun = session;
    return !working && !ended && arrivals.nothingFromClient() && begun != null && begun.idle();
  }

  /** Tells the client something of Guard's own at once. Called by any thread. */
  void tell(NoticeResponse notice) {
    byte[] bytes = notice.toByteArray();
    loop.execute(
        () -> {
          if (!ended) {
            client.writeAndFlush(Unpooled.wrappedBuffer(bytes));
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
            cancelServer();
          }
        });
  }

  /** The same from within a turn, on a worker or on the loop: holds back what follows it. */
  void cancelInTurn() {
    if (loop.inEventLoop()) {
      cancelServer();
    } else {
      loop.execute(this::cancelServer);
    }
  }

  private void cancelServer() {
    cancelling++;
    listener
        .cancelServer()
        .addListener(
            done -> {
              cancelling--;
              if (cancelling == 0 && !working && !ended) {
                toServer.flush();
                turns();
              }
            });
  }

  /** Both ends are closed once what was written is sent. */
  void end() {
    ending = true;
    if (ended || working) {
      return;
    }
    ended = true;
    times.stop();
    arrivals.clear();
    toClient.flush();
    toServer.flush();
    server
        .writeAndFlush(Unpooled.wrappedBuffer(new Terminate().toByteArray()))
        .addListener(ChannelFutureListener.CLOSE);
    client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
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
