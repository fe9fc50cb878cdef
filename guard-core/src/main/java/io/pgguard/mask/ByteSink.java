package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte buffer that is used again and again, so that masking a value allocates nothing of
 * its own. Not thread-safe.
 */
public final class ByteSink {
  private static final int MOST = Integer.MAX_VALUE - 16;

  private byte[] bytes;
  private int length;

  /**
   * An empty sink.
   *
   * @param capacity the size of the first buffer, in bytes
   */
  public ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** The buffer itself; replaced by another when it grows. */
  public byte[] array() {
    return bytes;
  }

  /** How many bytes of {@link #array} are filled. */
  public int length() {
    return length;
  }

  /** How many bytes fit before the buffer grows. */
  public int capacity() {
    return bytes.length;
  }

  /** Empties the sink and keeps its buffer. */
  public void clear() {
    length = 0;
  }

  /**
   * Drops what was appended after the first {@code kept} bytes.
   *
   * @throws IllegalArgumentException when fewer bytes are there
   */
  public void truncate(int kept) {
    if (kept < 0 || kept > length) {
      throw new IllegalArgumentException("cannot keep " + kept + " of " + length + " bytes");
    }
    length = kept;
  }

  /** Appends one byte, the low 8 bits of {@code value}. */
  public void append(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Appends a slice. */
  public void append(byte[] from, int offset, int count) {
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Appends one byte {@code count} times. */
  public void fill(int value, int count) {
    reserve(count);
    Arrays.fill(bytes, length, length + count, (byte) value);
    length += count;
  }

  /** Appends all of {@code from}. */
  public void append(byte[] from) {
    append(from, 0, from.length);
  }

  /** Appends a string as UTF-8. For constant and rare texts: it allocates. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends 16 bits in network byte order. */
  public void appendShort(int value) {
    reserve(2);
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
  }

  /** Appends 32 bits in network byte order. */
  public void appendInt(int value) {
    reserve(4);
    Wire.putInt(bytes, length, value);
    length += 4;
  }

  /** Appends 64 bits in network byte order. */
  public void appendLong(long value) {
    appendInt((int) (value >>> 32));
    appendInt((int) value);
  }

  /** Overwrites 32 bits at {@code at}, which were appended before. */
  public void setInt(int at, int value) {
    if (at < 0 || at + 4 > length) {
      throw new IllegalArgumentException("no 4 bytes at " + at + " of " + length);
    }
    Wire.putInt(bytes, at, value);
  }

  /** A copy of what is there. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int count) {
    if (count > bytes.length - length) {
      long needed = (long) length + count;
      if (needed > MOST) {
        throw new MalformedRowException("a masked row would be longer than 2 GiB");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, 2L * bytes.length)));
    }
  }
}
