package io.pgguard.recording;

/**
 * How much of each response a recording keeps. The digest in the audit log covers all of it in any
 * case. Immutable.
 *
 * @param maxRowsPerStatement rows beyond this are counted and hashed, not kept
 * @param maxBytesPerStatement likewise for bytes of rows
 */
public record RecordingSettings(long maxRowsPerStatement, long maxBytesPerStatement) {
  public RecordingSettings {
    if (maxRowsPerStatement < 0 || maxBytesPerStatement < 0) {
      throw new IllegalArgumentException("the limits of a recording must not be negative");
    }
  }

  /** A million rows and 256 MiB of each response. */
  public static RecordingSettings defaults() {
    return new RecordingSettings(1_000_000, 256L << 20);
  }
}
