package io.pgguard.pgwire.session;

/** Where the conversation stands. */
sealed interface Phase {

  /** What the server says is judged and relayed. */
  record Relaying() implements Phase {}

  /**
   * A statement was ended after the server had begun to answer: the client has its error, and
   * everything until ReadyForQuery is read and dropped.
   *
   * @param poisoned whether the server's transaction has been made to fail
   */
  record Draining(boolean poisoned) implements Phase {}

  /** Nothing is relayed any more. */
  record Closed(String why) implements Phase {}
}
