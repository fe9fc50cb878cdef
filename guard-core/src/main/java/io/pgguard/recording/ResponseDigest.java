package io.pgguard.recording;

import io.pgguard.audit.ResponseTrace;
import io.pgguard.internal.storage.Sha256;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The running hash of one statement's response: of all of it, and from the moment that rows are no
 * longer kept, also of what is kept. Not thread-safe.
 */
final class ResponseDigest {
  private final MessageDigest all;
  private @Nullable MessageDigest kept;
  private long rows;
  private long bytes;

  ResponseDigest() {
    all = Sha256.fresh();
  }

  /** What follows is kept unless it goes to {@link #updateCut}. */
  void cut() {
    try {
      kept = (MessageDigest) all.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's SHA-256 cannot be cloned; use its own", e);
    }
  }

  boolean isCut() {
    return kept != null;
  }

  void count(int length) {
    rows++;
    bytes += length;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  /** A part of the response that is kept. */
  void update(byte[] source, int offset, int length) {
    all.update(source, offset, length);
    if (kept != null) {
      kept.update(source, offset, length);
    }
  }

  /** A part of the response that is not kept. */
  void updateCut(byte[] source, int offset, int length) {
    all.update(source, offset, length);
  }

  /** The result; nothing may be added afterwards. */
  ResponseTrace trace() {
    String digest = Sha256.hex(all.digest());
    String recorded = kept == null ? null : Sha256.hex(kept.digest());
    return new ResponseTrace(rows, bytes, digest, recorded);
  }
}
