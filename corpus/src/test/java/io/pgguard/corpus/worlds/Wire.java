package io.pgguard.corpus.worlds;

import java.io.IOException;
import java.util.List;

/** A connection to one world on which many texts are sent before their answers are read. */
interface Wire extends AutoCloseable {
  /** Sends texts, each as a simple query or as {@link SocketWire#BOUND} says. */
  void send(List<String> texts) throws IOException;

  /**
   * The next answer: every byte up to and with ReadyForQuery.
   *
   * @throws IOException when the connection ended
   */
  byte[] answer() throws IOException;

  @Override
  void close() throws IOException;
}
