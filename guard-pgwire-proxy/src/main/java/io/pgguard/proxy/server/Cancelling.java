package io.pgguard.proxy.server;

import io.netty.channel.EventLoop;

/**
 * The cancel requests of one session that its server has not taken yet: nothing is sent to it
 * before, or one would hit what comes behind. Used by the session's loop unless a method says
 * otherwise.
 */
final class Cancelling {
  private final EventLoop loop;
  private final PairListener listener;
  private final Runnable allTaken;
  private int waiting;

  /**
   * @param allTaken follows once the server has taken all of them
   */
  Cancelling(EventLoop loop, PairListener listener, Runnable allTaken) {
    this.loop = loop;
    this.listener = listener;
    this.allTaken = allTaken;
  }

  /** Whether there is none. */
  boolean none() {
    return waiting == 0;
  }

  /** Asks the server to break off what it runs. */
  void ask() {
    waiting++;
    listener
        .cancelServer()
        .addListener(
            done -> {
              waiting--;
              if (waiting == 0) {
                allTaken.run();
              }
            });
  }

  /** The same from within a turn, on a worker or on the loop. */
  void askInTurn() {
    if (loop.inEventLoop()) {
      ask();
    } else {
      loop.execute(this::ask);
    }
  }
}
