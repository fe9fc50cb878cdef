package io.pgguard.pgwire.session;

/**
 * Asks the server to break off what it runs for this connection. An optimisation: the machine is
 * correct without it.
 */
@FunctionalInterface
public interface Canceller {

  /** Nothing is cancelled; what is over the limit is read and dropped. */
  Canceller NONE = () -> {};

  /** Returns once the server has taken the request, so that it cannot meet a later statement. */
  void cancel();
}
