package io.pgguard.mask;

/** Masks what detectors find in a text; the rest stays. */
final class ScanText implements ValueMasker {
  private final Scanner scanner;
  private final ValueMasker replacement;

  /**
   * A scan.
   *
   * @param replacement masks a find as a text; where it gives NULL, the whole value is NULL
   */
  ScanText(Scanner scanner, ValueMasker replacement) {
    this.scanner = scanner;
    this.replacement = replacement;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    long find = scanner.next(in, offset, end, offset);
    if (find == Detector.NOTHING) {
      return UNCHANGED;
    }
    int mark = out.length();
    int done = offset;
    while (find != Detector.NOTHING) {
      int start = Math.max(done, Detector.start(find));
      out.append(in, done, start - done);
      done = Detector.end(find);
      if (replacement.mask(in, start, done - start, out) == NULL) {
        out.truncate(mark);
        return NULL;
      }
      find = scanner.next(in, offset, end, done);
    }
    out.append(in, done, end - done);
    return APPENDED;
  }
}
