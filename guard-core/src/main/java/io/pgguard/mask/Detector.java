package io.pgguard.mask;

/**
 * Finds one kind of sensitive content by looking at text. Implementations are stateless and
 * thread-safe.
 */
public interface Detector {
  /** How many detectors one scan may have. */
  int MOST_AT_ONCE = 31;

  /** No find. */
  long NOTHING = -1;

  /** The word that a policy uses for this detector. */
  String name();

  /**
   * Whether a find can be recognised at this byte. {@link #find} is called nowhere else, so that a
   * text without such bytes costs one look at each byte. Of several digits in a row only the first
   * is an anchor.
   *
   * @param unit a byte of UTF-8, 0 to 255
   */
  boolean anchors(int unit);

  /**
   * Looks for a find around an anchor.
   *
   * @param text UTF-8; only from {@code from} to {@code to} is to be read
   * @param at the anchor's index
   * @return the find, as {@link #span} makes it, or {@link #NOTHING}
   */
  long find(byte[] text, int from, int to, int at);

  /** A find from {@code start} (inclusive) to {@code end} (exclusive), as one number. */
  static long span(int start, int end) {
    return (long) start << 32 | end;
  }

  /** Where a find starts. */
  static int start(long span) {
    return (int) (span >>> 32);
  }

  /** The index after a find. */
  static int end(long span) {
    return (int) span;
  }
}
