package io.pgguard.mask;

/** What bounds the rows of a COPY that go out. Used by one thread. */
public interface RowGate {
  /** Lets every row pass. */
  RowGate OPEN =
      new RowGate() {
        @Override
        public long valueBytes() {
          return Long.MAX_VALUE;
        }

        @Override
        public boolean row(boolean tooLong) {
          return true;
        }
      };

  /** How long a value may be, in bytes, as it goes out, without quotes and escapes. */
  long valueBytes();

  /**
   * A row is about to go out.
   *
   * @param tooLong whether a value of it is longer than {@link #valueBytes}
   * @return false where neither it nor any row behind it may
   */
  boolean row(boolean tooLong);
}
