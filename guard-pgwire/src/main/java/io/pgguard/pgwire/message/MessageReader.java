package io.pgguard.pgwire.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the body of one message and checks every length in it. Not thread-safe; {@link #over} makes
 * it ready for the next body.
 */
public final class MessageReader {
  private String name = "message";
  private byte[] bytes = new byte[0];
  private int at;
  private int end;

  /** Reads a body from now on; the array is not copied. */
  public MessageReader over(String messageName, byte[] array, int offset, int length) {
    this.name = messageName;
    this.bytes = array;
    this.at = offset;
    this.end = offset + length;
    return this;
  }

  public int remaining() {
    return end - at;
  }

  /** Fails unless the body has been read to its end. */
  public void end() {
    if (at != end) {
      throw violation(remaining() + " bytes too many");
    }
  }

  public byte int8() {
    need(1);
    return bytes[at++];
  }

  public short int16() {
    need(2);
    short value = (short) ((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff);
    at += 2;
    return value;
  }

  public int int32() {
    need(4);
    int value = Bytes.int32(bytes, at);
    at += 4;
    return value;
  }

  /**
   * A count of things to follow.
   *
   * @param size the least number of bytes that each takes
   */
  public int count(int size) {
    int count = int16() & 0xffff;
    if ((long) count * size > remaining()) {
      throw violation("a count of " + count + " is more than the message holds");
    }
    return count;
  }

  /** Codes of a format list: 0 text, 1 binary. */
  public short[] formats() {
    short[] formats = new short[count(2)];
    for (int i = 0; i < formats.length; i++) {
      formats[i] = int16();
      if (formats[i] != 0 && formats[i] != 1) {
        throw violation("unknown format code " + formats[i]);
      }
    }
    return formats;
  }

  /** A copy of the next bytes. */
  public byte[] bytes(int length) {
    if (length < 0) {
      throw violation("a length of " + length);
    }
    need(length);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** A copy of all that is left. */
  public byte[] rest() {
    return bytes(remaining());
  }

  /** A text that ends with a zero byte, in UTF-8. */
  public String text() {
    int start = at;
    int zero = zero();
    int seen = 0;
    for (int i = start; i < zero; i++) {
      seen |= bytes[i];
    }
    at = zero + 1;
    return seen >= 0 ? ascii(start, zero) : utf8(start, zero);
  }

  /** A text whose encoding may not be settled yet; what is not UTF-8 becomes U+FFFD. */
  public String lenientText() {
    int start = at;
    int zero = zero();
    at = zero + 1;
    return new String(bytes, start, zero - start, StandardCharsets.UTF_8);
  }

  private String ascii(int start, int zero) {
    return zero == start ? "" : new String(bytes, start, zero - start, StandardCharsets.ISO_8859_1);
  }

  private String utf8(int start, int zero) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, zero - start))
          .toString();
    } catch (CharacterCodingException e) {
      MalformedMessageException malformed = MalformedMessageException.encoding(name);
      malformed.initCause(e);
      throw malformed;
    }
  }

  private int zero() {
    for (int i = at; i < end; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    throw violation("a text without its end");
  }

  private void need(int length) {
    if (length > end - at) {
      throw violation("ends too early");
    }
  }

  /** The typed error, naming this message. */
  public MalformedMessageException violation(String what) {
    return MalformedMessageException.violation(name, what);
  }
}
