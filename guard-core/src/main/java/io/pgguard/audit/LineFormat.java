package io.pgguard.audit;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The outer form of the log's lines, to the byte, and the hash rule (docs/audit.md).
 *
 * <pre>
 * {"segment":S,"seq":N,"prev":"HEX","format":"guard-audit-1","at":"...","hash":"HEX"}
 * {"seq":N,"prev":"HEX","event":{...},"hash":"HEX"}
 * </pre>
 *
 * A line's hash is SHA-256 over {@link #DOMAIN} and the line's bytes before {@code ,"hash":}.
 */
final class LineFormat {
  static final String FORMAT = "guard-audit-1";

  /** Goes into every hash first, so that no hash of anything else can stand for one of ours. */
  static final byte[] DOMAIN = JsonLine.ascii(FORMAT + "\n");

  static final int HASH_CHARS = 64;
  static final byte[] SEGMENT = JsonLine.ascii("{\"segment\":");
  static final byte[] SEQ = JsonLine.ascii("{\"seq\":");
  static final byte[] HEADER_SEQ = JsonLine.ascii(",\"seq\":");
  static final byte[] PREV = JsonLine.ascii(",\"prev\":\"");
  static final byte[] EVENT = JsonLine.ascii("\",\"event\":");
  static final byte[] HEADER_REST = JsonLine.ascii("\",\"format\":\"" + FORMAT + "\",\"at\":\"");
  static final byte[] HASH = JsonLine.ascii(",\"hash\":\"");
  static final byte[] END = JsonLine.ascii("\"}");

  /** The most bytes that stand before an event. */
  static final int FRONT = SEQ.length + 19 + PREV.length + HASH_CHARS + EVENT.length;

  /** The bytes that stand after an event, the newline included. */
  static final int BACK = HASH.length + HASH_CHARS + END.length + 1;

  private static final byte[] DIGITS = JsonLine.ascii("0123456789abcdef");

  private LineFormat() {}

  /** What the first line of the first segment carries as the hash before it. */
  static byte[] origin() {
    byte[] zeros = new byte[HASH_CHARS];
    Arrays.fill(zeros, (byte) '0');
    return zeros;
  }

  /** Hashes the part of a line that its hash covers and writes the hash in hexadecimal. */
  static void hash(
      MessageDigest digest, byte[] line, int from, int to, byte[] target, int targetAt) {
    digest.update(DOMAIN);
    digest.update(line, from, to - from);
    byte[] hash = digest.digest();
    for (int i = 0; i < hash.length; i++) {
      target[targetAt + 2 * i] = DIGITS[hash[i] >> 4 & 0xF];
      target[targetAt + 2 * i + 1] = DIGITS[hash[i] & 0xF];
    }
  }

  /** Writes hash and line end behind the covered part and tells where the line ends. */
  static int seal(MessageDigest digest, byte[] line, int from, int to) {
    int at = put(HASH, line, to);
    hash(digest, line, from, to, line, at);
    at = put(END, line, at + HASH_CHARS);
    line[at] = '\n';
    return at + 1;
  }

  static int put(byte[] part, byte[] target, int at) {
    System.arraycopy(part, 0, target, at, part.length);
    return at + part.length;
  }

  static boolean at(byte[] part, byte[] source, int from, int to) {
    return to - from >= part.length
        && Arrays.equals(part, 0, part.length, source, from, from + part.length);
  }

  static boolean isHash(byte[] source, int from, int to) {
    if (to - from < HASH_CHARS) {
      return false;
    }
    for (int i = from; i < from + HASH_CHARS; i++) {
      byte c = source[i];
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }
}
