package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.codec.ByteSink;

/**
 * Bytes that wait for the client to read them. What lies in the chunk that was just read is
 * referred to, not copied, when it is all there is. Thread-safe.
 */
final class ReadQueue implements ByteSink {
  private static final int KEPT = 1 << 20;

  private final byte[] chunk;
  private byte[] own = new byte[8192];
  private byte[] current = own;
  private int start;
  private int end;

  /**
   * @param chunk an array that its owner overwrites only while this queue is empty
   */
  ReadQueue(byte[] chunk) {
    this.chunk = chunk;
  }

  synchronized int size() {
    return end - start;
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (start == end && bytes == chunk) {
      current = chunk;
      start = offset;
      end = offset + length;
      return;
    }
    moveToOwn(length);
    System.arraycopy(bytes, offset, own, end, length);
    end += length;
  }

  synchronized int take(byte[] into, int offset, int length) {
    int count = Math.min(length, end - start);
    System.arraycopy(current, start, into, offset, count);
    start += count;
    if (start == end) {
      start = 0;
      end = 0;
      current = own;
      if (own.length > KEPT) {
        own = new byte[8192];
        current = own;
      }
    }
    return count;
  }

  /** Makes what waits lie in the own array, with room for more. */
  private void moveToOwn(int more) {
    int size = end - start;
    if (current == own && own.length - end >= more) {
      return;
    }
    byte[] from = current;
    if (own.length < size + more) {
      own = new byte[Math.max(own.length * 2, size + more)];
    }
    System.arraycopy(from, start, own, 0, size);
    current = own;
    start = 0;
    end = size;
  }
}
