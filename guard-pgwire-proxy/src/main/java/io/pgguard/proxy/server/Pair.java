package io.pgguard.proxy.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.pgwire.session.WireSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Objects;
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

  /** What arrived but has had no turn yet; more is not read meanwhile. */
  private static final int MOST_WAITING = 8;

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
  private final ArrayDeque<Piece> arrived = new ArrayDeque<>();
  private @Nullable WireSession session;
  private boolean working;
  private boolean ended;
  private boolean ending;
  private boolean serverGone;
  private boolean draining;
  private @Nullable EndReason endReason;

  /** How many cancel requests the server has not taken yet: nothing is sent to it before. */
  private int cancelling;

  private record Piece(Side side, byte[] bytes, boolean mayWait) {}

  private final RowRun rows = new RowRun();

  Pair(Channel client, Channel server, Workers workers, PairListener listener) {
    this.loop = client.eventLoop();
    this.client = client;
    this.server = server;
    this.toClient = new Outbox(client);
    this.toServer = new Outbox(server);
    this.workers = workers;
    this.listener = listener;
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
    if (rest.length > 0) {
      arrived.add(new Piece(Side.CLIENT, rest, true));
    }
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
      byte[] bytes = new byte[buffer.readableBytes()];
      buffer.readBytes(bytes);
      boolean passes = side == Side.SERVER && rows.goesOn(bytes, bytes.length);
      arrived.add(new Piece(side, bytes, !passes));
    } finally {
      buffer.release();
    }
    turns();
  }

  private void turns() {
    while (!working && !ended) {
      Piece next = arrived.poll();
      if (next == null) {
        if (serverGone) {
          end();
        }
        break;
      }
      if (next.mayWait()) {
        work(() -> turn(next));
      } else {
        turn(next);
        settle();
      }
    }
    read();
  }

  private void turn(Piece piece) {
    try {
      if (piece.side() == Side.CLIENT) {
        session().client(piece.bytes(), 0, piece.bytes().length);
      } else {
        session().server(piece.bytes(), 0, piece.bytes().length);
      }
    } catch (IOException e) {
      throw new IllegalStateException("an outbox does not fail", e);
    }
  }

  private void work(Runnable turn) {
    working = true;
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
  }

  /** The worker is done. */
  private void back() {
    working = false;
    settle();
    if (ending) {
      end();
    }
    EndReason reason = endReason;
    if (reason != null && !ended) {
      endReason = null;
      endNow(reason.sqlState(), reason.why());
    }
    turns();
    drainIfIdle();
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
    }
  }

  /** Reads from an end only what the other end takes. */
  private void read() {
    if (ended) {
      return;
    }
    boolean room = arrived.size() < MOST_WAITING;
    client
        .config()
        .setAutoRead(room && !session().clientWaits() && server.isWritable() && cancelling == 0);
    server.config().setAutoRead(room && client.isWritable());
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

  /** Something that is done with the session between two turns. */
  private interface Step {
    void run(WireSession session) throws IOException;
  }

  private void between(Step step) {
    WireSession begun = session;
    if (ended || begun == null) {
      return;
    }
    work(
        () -> {
          try {
            step.run(begun);
          } catch (IOException e) {
            throw new IllegalStateException("an outbox does not fail", e);
          }
        });
  }

  /**
   * Ends the session with an error that the client is told, after the turn that runs. Called by any
   * thread.
   */
  void end(String sqlState, String why) {
    loop.execute(() -> endNow(sqlState, why));
  }

  private void endNow(String sqlState, String why) {
    if (working) {
      endReason = new EndReason(sqlState, why);
    } else {
      between(begun -> begun.end(sqlState, why));
    }
  }

  /** The same at a moment to come. */
  void endAt(Instant moment, String why) {
    long millis = Math.max(0, Duration.between(Instant.now(), moment).toMillis());
    Future<?> timer = loop.schedule(() -> endNow("28000", why), millis, TimeUnit.MILLISECONDS);
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
    WireSession begun = session;
    if (draining && !working && !ended && arrived.isEmpty() && begun != null && begun.idle()) {
      endNow("57P01", "terminating connection due to administrator command");
    }
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

  private record EndReason(String sqlState, String why) {}

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
                read();
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
    arrived.clear();
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
