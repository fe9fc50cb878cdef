package io.pgguard.audit;

import java.security.PrivateKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a log is kept. Immutable.
 *
 * @param durability when entries are forced to disk
 * @param segmentBytes the size at which a new segment file begins; at least 4096
 * @param checkpointEvery a checkpoint is written after so many entries, and on close; at least 1
 * @param signingKey an Ed25519 key that signs checkpoints, or null for unsigned ones
 * @param verifyWhole whether opening verifies every segment, or only the last one
 */
public record AuditSettings(
    Durability durability,
    long segmentBytes,
    int checkpointEvery,
    @Nullable PrivateKey signingKey,
    boolean verifyWhole) {

  /** When entries are forced to disk. The operating system has each of them in every case. */
  public enum Durability {
    /** Before what they tell of. Whoever waits at the same time shares one force. */
    STRICT,
    /** Before what they tell of where that is an effect, else within 50 ms. */
    BALANCED,
    /** When the operating system likes, at a segment's end, and on close. */
    OS
  }

  public AuditSettings {
    Objects.requireNonNull(durability, "durability");
    if (segmentBytes < 4096) {
      throw new IllegalArgumentException("segmentBytes must be at least 4096, not " + segmentBytes);
    }
    if (checkpointEvery < 1) {
      throw new IllegalArgumentException(
          "checkpointEvery must be at least 1, not " + checkpointEvery);
    }
  }

  /** Balanced, segments of 64 MiB, an unsigned checkpoint every 10,000 entries, verified whole. */
  public static AuditSettings defaults() {
    return new AuditSettings(Durability.BALANCED, 64L << 20, 10_000, null, true);
  }

  public AuditSettings withDurability(Durability value) {
    return new AuditSettings(value, segmentBytes, checkpointEvery, signingKey, verifyWhole);
  }

  public AuditSettings withSegmentBytes(long value) {
    return new AuditSettings(durability, value, checkpointEvery, signingKey, verifyWhole);
  }

  public AuditSettings withCheckpointEvery(int value) {
    return new AuditSettings(durability, segmentBytes, value, signingKey, verifyWhole);
  }

  public AuditSettings withSigningKey(PrivateKey value) {
    return new AuditSettings(durability, segmentBytes, checkpointEvery, value, verifyWhole);
  }
}
