package io.pgguard.audit;

import java.util.Objects;

/** What verifying a log came to. */
public sealed interface Verification {

  /**
   * Every line stands as it was written, in the order it was written.
   *
   * @param entries how many entries there are
   * @param first the number of the first one; 1 unless old segments were archived
   * @param last the number of the last one; {@code first - 1} when there is none
   * @param hash the last line's hash in hexadecimal: keep it elsewhere to find a cut tail later
   */
  record Verified(long entries, long first, long last, String hash) implements Verification {
    public Verified {
      Objects.requireNonNull(hash, "hash");
    }

    @Override
    public String toString() {
      return "verified: " + entries + " entries, " + first + " to " + last + ", ending in " + hash;
    }
  }

  /**
   * The log is not as it was written.
   *
   * @param file the file's name
   * @param line the line, from 1; 0 for the whole file
   * @param seq the number that the entry there has or should have
   * @param offset where the line begins, in bytes from the file's beginning
   * @param defect what is wrong
   * @param detail the same in words
   */
  record Broken(String file, long line, long seq, long offset, Defect defect, String detail)
      implements Verification {
    public Broken {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(defect, "defect");
      Objects.requireNonNull(detail, "detail");
    }

    @Override
    public String toString() {
      return "broken: "
          + file
          + ", line "
          + line
          + " (entry "
          + seq
          + ", byte "
          + offset
          + "): "
          + detail;
    }
  }

  /** What is wrong with a log. */
  enum Defect {
    /** The line has not the form of one. */
    MALFORMED,
    /** The line's bytes are not those that were hashed. */
    CHANGED,
    /** Entries or a segment that should stand here are gone. */
    MISSING,
    /** Lines stand in another order. */
    REORDERED,
    /** A line stands twice. */
    DUPLICATED,
    /** The line was not written after the one before it. */
    FOREIGN,
    /** The last line does not end, or the log ends before a checkpoint or the expected end. */
    CUT,
    /** A checkpoint and the log tell different things. */
    CHECKPOINT_MISMATCH,
    /** A checkpoint does not carry the signature of the given key. */
    BAD_SIGNATURE
  }
}
