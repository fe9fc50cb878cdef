package io.pgguard.proxy.server;

/**
 * Follows the frames that a server sends and tells pieces that hold nothing but the rows of a
 * result whose first row has passed: those need nobody and wait for nothing. Not thread-safe.
 */
final class RowRun {
  private static final int HEADER = 5;

  /** How much of a message is still to come, without what is in {@link #header}. */
  private long left;

  private final byte[] header = new byte[HEADER];
  private int held;
  private byte type;

  /** Whether a piece goes on with rows of a result, and with nothing else. */
  boolean goesOn(byte[] bytes, int length) {
    boolean only = type == 'D' || type == 'd';
    int at = 0;
    while (at < length) {
      if (left > 0) {
        int skipped = (int) Math.min(left, length - at);
        left -= skipped;
        at += skipped;
      } else {
        header[held++] = bytes[at++];
        if (held == HEADER) {
          held = 0;
          type = header[0];
          left = Math.max(0, (long) io.pgguard.pgwire.message.Bytes.int32(header, 1) - 4);
          only &= type == 'D' || type == 'd';
        } else if (held == 1) {
          only &= header[0] == 'D' || header[0] == 'd';
        }
      }
    }
    return only;
  }
}
