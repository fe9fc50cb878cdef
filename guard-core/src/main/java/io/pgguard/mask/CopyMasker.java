package io.pgguard.mask;

/**
 * Masks the data of COPY TO STDOUT, row by row. The server may cut the data anywhere; a row is
 * given out when it is whole. Not thread-safe.
 */
public interface CopyMasker {

  /**
   * Takes data, as it comes in CopyData messages.
   *
   * @param out receives the rows that are whole now, masked
   * @throws MalformedRowException when a row does not have the columns described; nothing of it is
   *     in {@code out}, and the session has to end
   */
  void accept(byte[] data, int offset, int length, ByteSink out);

  /**
   * Ends the data: what is left is a last row without its end.
   *
   * @throws MalformedRowException when it is no whole row
   */
  void finish(ByteSink out);
}
