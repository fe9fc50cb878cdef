package io.pgguard.corpus.worlds;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes from a server, cut where it says that it is ready. Not thread-safe. */
final class Received {
  private static final int HEADER = 5;
  private static final int USUAL = 64 << 10;

  private byte[] bytes = new byte[USUAL];
  private int start;
  private int looked;
  private int end;

  void write(byte[] from, int offset, int length) {
    if (end + length > bytes.length) {
      int size = end - start;
      byte[] larger = size + length > bytes.length ? new byte[(size + length) * 2] : bytes;
      System.arraycopy(bytes, start, larger, 0, size);
      bytes = larger;
      looked -= start;
      start = 0;
      end = size;
    }
    System.arraycopy(from, offset, bytes, end, length);
    end += length;
  }

  /** The messages up to and with the next ReadyForQuery; null where it has not come. */
  byte @Nullable [] take() {
    while (end - looked >= HEADER) {
      int length = 1 + ByteBuffer.wrap(bytes).getInt(looked + 1);
      if (end - looked < length) {
        return null;
      }
      boolean ready = bytes[looked] == 'Z';
      looked += length;
      if (ready) {
        byte[] whole = Arrays.copyOfRange(bytes, start, looked);
        start = looked;
        forget();
        return whole;
      }
    }
    return null;
  }

  /** A long answer's room is given back: every connection would keep one in the end. */
  private void forget() {
    if (bytes.length > 16 * USUAL && end - start <= USUAL) {
      byte[] usual = new byte[USUAL];
      System.arraycopy(bytes, start, usual, 0, end - start);
      bytes = usual;
      looked -= start;
      end -= start;
      start = 0;
    }
  }

  /** What has come since, for messages. */
  String rest() {
    return new String(bytes, start, Math.min(end - start, 2000), StandardCharsets.UTF_8);
  }
}
