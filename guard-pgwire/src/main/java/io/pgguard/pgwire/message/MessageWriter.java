package io.pgguard.pgwire.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes messages one after another into a growing buffer and fills in their lengths. Not
 * thread-safe; the buffer is kept for the next use unless it has become large.
 */
public final class MessageWriter {
  /** A session that has sent a large value once is not to hold as much from then on. */
  private static final int KEPT = 64 << 10;

  private byte[] buffer = new byte[256];
  private int length;
  private int start;

  /** Forgets what was written. */
  public MessageWriter clear() {
    length = 0;
    if (buffer.length > KEPT) {
      buffer = new byte[256];
    }
    return this;
  }

  /** Begins a message of a type. */
  public MessageWriter begin(char type) {
    int8((byte) type);
    return begin();
  }

  /** Begins a message that has no type byte. */
  public MessageWriter begin() {
    start = length;
    return int32(0);
  }

  /** Ends the message begun last. */
  public MessageWriter end() {
    Bytes.int32(buffer, start, length - start);
    return this;
  }

  public MessageWriter int8(byte value) {
    room(1);
    buffer[length++] = value;
    return this;
  }

  public MessageWriter int16(int value) {
    room(2);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
    return this;
  }

  public MessageWriter int32(int value) {
    room(4);
    Bytes.int32(buffer, length, value);
    length += 4;
    return this;
  }

  /** A list of format codes with its count. */
  public MessageWriter formats(short[] formats) {
    int16(formats.length);
    for (short format : formats) {
      int16(format);
    }
    return this;
  }

  public MessageWriter bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  public MessageWriter bytes(byte[] bytes, int offset, int count) {
    room(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
    return this;
  }

  /**
   * A text and its zero byte.
   *
   * @throws IllegalArgumentException when the text holds a zero character
   */
  public MessageWriter text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text on the wire cannot hold a zero character");
    }
    bytes(text.getBytes(StandardCharsets.UTF_8));
    return int8((byte) 0);
  }

  /** What was written, from index 0; valid until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  /** How many bytes of {@link #buffer} were written. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  private void room(int count) {
    if (buffer.length - length < count) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
    }
  }
}
