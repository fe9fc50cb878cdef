package io.pgguard.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) as UTF-8 into an array that is kept between lines. Not thread-safe.
 *
 * <p>Names are written as they are, so they must need no escapes. Nothing but the array is ever
 * allocated.
 */
final class JsonLine {
  private static final int LARGEST = 1 << 30;
  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] NULL = ascii("null");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");

  private byte[] bytes;
  private int end;
  private boolean comma;

  JsonLine(int capacity) {
    bytes = new byte[capacity];
  }

  /** Begins anew, with so many bytes left free in front. */
  void reset(int front) {
    end = front;
    comma = false;
  }

  byte[] bytes() {
    return bytes;
  }

  int end() {
    return end;
  }

  JsonLine beginObject() {
    return open((byte) '{');
  }

  JsonLine endObject() {
    return close((byte) '}');
  }

  JsonLine beginArray() {
    return open((byte) '[');
  }

  JsonLine endArray() {
    return close((byte) ']');
  }

  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) copies ASCII without a detour
  JsonLine name(String name) {
    separate();
    int length = name.length();
    room(length + 3);
    bytes[end++] = '"';
    name.getBytes(0, length, bytes, end);
    end += length;
    bytes[end++] = '"';
    bytes[end++] = ':';
    comma = false;
    return this;
  }

  JsonLine field(String name, @Nullable String value) {
    name(name);
    return value == null ? raw(NULL) : string(value);
  }

  JsonLine field(String name, long value) {
    name(name);
    return number(value);
  }

  JsonLine field(String name, boolean value) {
    name(name);
    return raw(value ? TRUE : FALSE);
  }

  JsonLine field(String name, Instant value) {
    name(name);
    separate();
    room(48);
    end = IsoInstant.write(value, bytes, end);
    comma = true;
    return this;
  }

  JsonLine field(String name, Collection<String> values) {
    name(name).beginArray();
    for (String value : values) {
      string(value);
    }
    return endArray();
  }

  JsonLine number(long value) {
    separate();
    room(20);
    end = Decimal.write(value, bytes, end);
    comma = true;
    return this;
  }

  /** A string; what is no Unicode text (half a surrogate pair) is kept as an escape. */
  JsonLine string(String value) {
    separate();
    room(1);
    bytes[end++] = '"';
    int length = value.length();
    int at = 0;
    while (at < length) {
      int stop = Math.min(length, at + 4096);
      room((stop - at) * 6);
      while (at < stop) {
        char c = value.charAt(at++);
        if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
          bytes[end++] = (byte) c;
        } else if (Character.isHighSurrogate(c)
            && at < length
            && Character.isLowSurrogate(value.charAt(at))) {
          supplementary(Character.toCodePoint(c, value.charAt(at++)));
        } else {
          unusual(c);
        }
      }
    }
    room(1);
    bytes[end++] = '"';
    comma = true;
    return this;
  }

  /** Bytes as they are, such as JSON that was made before. */
  JsonLine raw(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, end, text.length);
    end += text.length;
    comma = true;
    return this;
  }

  private void supplementary(int c) {
    bytes[end++] = (byte) (0xF0 | c >> 18);
    bytes[end++] = (byte) (0x80 | c >> 12 & 0x3F);
    bytes[end++] = (byte) (0x80 | c >> 6 & 0x3F);
    bytes[end++] = (byte) (0x80 | c & 0x3F);
  }

  private void unusual(char c) {
    if (c == '"' || c == '\\') {
      bytes[end++] = '\\';
      bytes[end++] = (byte) c;
    } else if (c == '\n') {
      bytes[end++] = '\\';
      bytes[end++] = 'n';
    } else if (c < ' ' || Character.isSurrogate(c)) {
      bytes[end++] = '\\';
      bytes[end++] = 'u';
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[end++] = HEX[c >> shift & 0xF];
      }
    } else if (c < 0x800) {
      bytes[end++] = (byte) (0xC0 | c >> 6);
      bytes[end++] = (byte) (0x80 | c & 0x3F);
    } else {
      bytes[end++] = (byte) (0xE0 | c >> 12);
      bytes[end++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[end++] = (byte) (0x80 | c & 0x3F);
    }
  }

  private JsonLine open(byte bracket) {
    separate();
    room(1);
    bytes[end++] = bracket;
    comma = false;
    return this;
  }

  private JsonLine close(byte bracket) {
    room(1);
    bytes[end++] = bracket;
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      room(1);
      bytes[end++] = ',';
    }
  }

  /** Makes room for more bytes behind the end, to be written into {@link #bytes} directly. */
  void room(int more) {
    if (bytes.length - end < more) {
      if (end > LARGEST - more) {
        throw new AuditUnavailableException(
            "The audit log takes no entry over 1 GiB; send the statement in smaller pieces.", null);
      }
      bytes = Arrays.copyOf(bytes, Math.max(end + more, Math.min(LARGEST, bytes.length * 2)));
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
