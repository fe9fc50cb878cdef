package io.pgguard.pgwire.codec;

import java.io.IOException;

/** Takes whole messages from a {@link Framer}. */
public interface FrameHandler {

  /**
   * Takes one message; the array is valid until {@link #pause}.
   *
   * @param offset where its type byte stands
   * @param length its length with type byte and length field
   * @return false to have this message and all that follow kept until {@link Framer#resume}
   */
  boolean frame(byte[] bytes, int offset, int length) throws IOException;

  /** The arrays given so far will be overwritten after this: write out what refers to them. */
  void pause() throws IOException;
}
