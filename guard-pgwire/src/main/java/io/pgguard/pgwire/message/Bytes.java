package io.pgguard.pgwire.message;

/** Numbers in network byte order. */
public final class Bytes {
  private Bytes() {}

  /** The 32-bit number at an offset. */
  public static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }

  /** Writes a 32-bit number at an offset. */
  public static void int32(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  /** The unsigned 16-bit number at an offset. */
  public static int int16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }
}
