package io.pgguard.audit;

import io.pgguard.internal.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** One line of the log, taken apart without being copied; reused. Not thread-safe. */
final class ParsedLine {
  private final MessageDigest digest = Sha256.fresh();
  private final byte[] computed = new byte[LineFormat.HASH_CHARS];
  private byte[] source = new byte[0];
  private int from;
  private int prevAt;
  private int coveredEnd;
  private boolean header;
  private long segment;
  private long seq;

  /** Takes a line apart, its newline left out; false when it has not the form of one. */
  boolean parse(byte[] bytes, int start, int end) {
    source = bytes;
    from = start;
    coveredEnd = end - (LineFormat.BACK - 1);
    if (coveredEnd <= start
        || !LineFormat.at(LineFormat.HASH, bytes, coveredEnd, end)
        || !LineFormat.isHash(bytes, hashAt(), end)
        || !LineFormat.at(LineFormat.END, bytes, hashAt() + LineFormat.HASH_CHARS, end)) {
      return false;
    }
    header = LineFormat.at(LineFormat.SEGMENT, bytes, start, coveredEnd);
    return header ? parseHeader() : parseEntry();
  }

  private boolean parseHeader() {
    int at = from + LineFormat.SEGMENT.length;
    int end = Decimal.end(source, at, coveredEnd);
    if (end == at || !LineFormat.at(LineFormat.HEADER_SEQ, source, end, coveredEnd)) {
      return false;
    }
    segment = Decimal.read(source, at, end);
    int after = parseSeqAndPrev(end + LineFormat.HEADER_SEQ.length);
    return after > 0 && LineFormat.at(LineFormat.HEADER_REST, source, after, coveredEnd);
  }

  private boolean parseEntry() {
    if (!LineFormat.at(LineFormat.SEQ, source, from, coveredEnd)) {
      return false;
    }
    int after = parseSeqAndPrev(from + LineFormat.SEQ.length);
    return after > 0
        && LineFormat.at(LineFormat.EVENT, source, after, coveredEnd)
        && source[eventAt()] == '{'
        && source[coveredEnd - 1] == '}';
  }

  private int parseSeqAndPrev(int at) {
    int end = Decimal.end(source, at, coveredEnd);
    if (end == at || !LineFormat.at(LineFormat.PREV, source, end, coveredEnd)) {
      return -1;
    }
    seq = Decimal.read(source, at, end);
    prevAt = end + LineFormat.PREV.length;
    return LineFormat.isHash(source, prevAt, coveredEnd) ? prevAt + LineFormat.HASH_CHARS : -1;
  }

  boolean isHeader() {
    return header;
  }

  /** The segment's number, of a header. */
  long segment() {
    return segment;
  }

  /** The entry's number; of a header, the number of the first entry after it. */
  long seq() {
    return seq;
  }

  /** Whether the line carries the hash of its own bytes. */
  boolean hashHolds() {
    LineFormat.hash(digest, source, from, coveredEnd, computed, 0);
    int at = hashAt();
    return Arrays.equals(computed, 0, computed.length, source, at, at + computed.length);
  }

  boolean prevIs(byte[] hash) {
    return Arrays.equals(hash, 0, hash.length, source, prevAt, prevAt + hash.length);
  }

  boolean hashIs(byte[] hash) {
    int at = hashAt();
    return Arrays.equals(hash, 0, hash.length, source, at, at + hash.length);
  }

  void copyHash(byte[] target) {
    System.arraycopy(source, hashAt(), target, 0, LineFormat.HASH_CHARS);
  }

  String prev() {
    return new String(source, prevAt, LineFormat.HASH_CHARS, StandardCharsets.US_ASCII);
  }

  String hash() {
    return new String(source, hashAt(), LineFormat.HASH_CHARS, StandardCharsets.US_ASCII);
  }

  /** Where the event's JSON begins, of an entry. */
  int eventAt() {
    return prevAt + LineFormat.HASH_CHARS + LineFormat.EVENT.length;
  }

  /** Where the event's JSON ends, of an entry. */
  int eventEnd() {
    return coveredEnd;
  }

  private int hashAt() {
    return coveredEnd + LineFormat.HASH.length;
  }
}
