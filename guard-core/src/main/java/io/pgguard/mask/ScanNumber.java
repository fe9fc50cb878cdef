package io.pgguard.mask;

/** Gives NULL for a value of a type that is no text when its text holds a find. */
final class ScanNumber implements ValueMasker {
  private final Scanner scanner;

  ScanNumber(Scanner scanner) {
    this.scanner = scanner;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    boolean found = scanner.next(in, offset, offset + length, offset) != Detector.NOTHING;
    return found ? NULL : UNCHANGED;
  }
}
