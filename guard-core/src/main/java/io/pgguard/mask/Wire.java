package io.pgguard.mask;

/** Numbers in network byte order, as the wire has them. Stateless. */
final class Wire {
  private Wire() {}

  static int getShort(byte[] from, int at) {
    return (short) ((from[at] & 0xff) << 8 | from[at + 1] & 0xff);
  }

  static int getInt(byte[] from, int at) {
    return (from[at] & 0xff) << 24
        | (from[at + 1] & 0xff) << 16
        | (from[at + 2] & 0xff) << 8
        | from[at + 3] & 0xff;
  }

  static long getLong(byte[] from, int at) {
    return (long) getInt(from, at) << 32 | getInt(from, at + 4) & 0xffffffffL;
  }

  static void putInt(byte[] to, int at, int value) {
    to[at] = (byte) (value >>> 24);
    to[at + 1] = (byte) (value >>> 16);
    to[at + 2] = (byte) (value >>> 8);
    to[at + 3] = (byte) value;
  }
}
