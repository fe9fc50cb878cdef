package io.pgguard.proxy.server;

import io.netty.util.concurrent.Future;

/** Hears of a pair, and asks the server to cancel for it. Called by the pair's loop. */
interface PairListener {

  /** Sends a cancel request to the pair's server; done when the server has taken it. */
  Future<?> cancelServer();

  /** The client asked to break off what it waits for. */
  void cancelled();

  /** One end has gone while a turn may still wait for something. */
  void left();

  /** Both ends are closed. Called by a worker. */
  void ended(Pair pair);
}
