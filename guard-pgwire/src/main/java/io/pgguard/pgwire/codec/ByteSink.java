package io.pgguard.pgwire.codec;

import java.io.IOException;

/** Takes bytes on their way to one end of the connection. */
public interface ByteSink {

  /**
   * Takes bytes; the array may be reused as soon as this returns.
   *
   * @throws IOException when the connection to that end is broken
   */
  void write(byte[] bytes, int offset, int length) throws IOException;
}
