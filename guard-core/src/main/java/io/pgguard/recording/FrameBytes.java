package io.pgguard.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the payload of a frame, in network byte order, into a reused array. Not thread-safe. */
final class FrameBytes {
  private byte[] bytes = new byte[1024];
  private int length;

  FrameBytes reset() {
    length = 0;
    return this;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  FrameBytes u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  FrameBytes i32(int value) {
    room(4);
    putInt(bytes, length, value);
    length += 4;
    return this;
  }

  FrameBytes i64(long value) {
    return i32((int) (value >>> 32)).i32((int) value);
  }

  /** A length in bytes and UTF-8; -1 for null. What is no Unicode text becomes a question mark. */
  FrameBytes text(@Nullable String value) {
    if (value == null) {
      return i32(-1);
    }
    int at = length;
    i32(value.length());
    if (ascii(value)) {
      return this;
    }
    length = at;
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    i32(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
    return this;
  }

  /** Writes a text that is ASCII, without a detour; whether it was. */
  private boolean ascii(String value) {
    int count = value.length();
    room(count);
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      bytes[length + i] = (byte) c;
    }
    length += count;
    return true;
  }

  /** The fields of an error or a notice, in the order of their codes. */
  FrameBytes fields(Map<Character, String> fields) {
    i32(fields.size());
    new TreeMap<>(fields).forEach((code, value) -> i32(code).text(value));
    return this;
  }

  static void putInt(byte[] target, int at, int value) {
    target[at] = (byte) (value >>> 24);
    target[at + 1] = (byte) (value >>> 16);
    target[at + 2] = (byte) (value >>> 8);
    target[at + 3] = (byte) value;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
    }
  }
}
