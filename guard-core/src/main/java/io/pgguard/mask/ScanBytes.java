package io.pgguard.mask;

/**
 * Gives NULL for bytes whose build is not known and in which detectors find something, since
 * nothing can be put in its place there.
 */
final class ScanBytes implements ValueMasker {
  /** How many bytes of a number may stand between a zero and the text that the number counts. */
  private static final int MOST_BETWEEN = 3;

  private final Scanner scanner;

  ScanBytes(Scanner scanner) {
    this.scanner = scanner;
  }

  /**
   * A binary form counts the bytes of its texts in front of them, and such a count may look like a
   * digit that belongs to the text. Counts begin with a zero byte, which no text holds: so up to
   * three bytes behind each zero are taken for no part of a text.
   */
  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (finds(in, offset, length)) {
      return NULL;
    }
    byte[] changed = new byte[length];
    for (int between = 1; between <= MOST_BETWEEN; between++) {
      System.arraycopy(in, offset, changed, 0, length);
      boolean any = false;
      for (int i = 0; i < length; i++) {
        if (in[offset + i] == 0) {
          any = true;
          for (int j = i + 1; j < Math.min(length, i + 1 + between); j++) {
            changed[j] = 0;
          }
        }
      }
      if (any && finds(changed, 0, length)) {
        return NULL;
      }
    }
    return UNCHANGED;
  }

  private boolean finds(byte[] in, int offset, int length) {
    return scanner.next(in, offset, offset + length, offset) != Detector.NOTHING;
  }
}
