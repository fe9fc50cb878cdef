package io.pgguard.mask;

import java.util.List;

/** Several detectors over one text, in one pass. Immutable and thread-safe. */
final class Scanner {
  private final Detector[] detectors;

  /** For each byte the detectors that it is an anchor of, one bit each. */
  private final int[] interested = new int[256];

  Scanner(List<Detector> detectors) {
    this.detectors = detectors.toArray(new Detector[0]);
    for (int unit = 0; unit < interested.length; unit++) {
      for (int d = 0; d < this.detectors.length; d++) {
        if (this.detectors[d].anchors(unit)) {
          interested[unit] |= 1 << d;
        }
      }
    }
  }

  /** The first find whose anchor is at {@code at} or later; {@link Detector#NOTHING} if none. */
  long next(byte[] text, int from, int to, int at) {
    int[] table = interested;
    for (int i = at; i < to; i++) {
      int bits = table[text[i] & 0xff];
      if (bits != 0 && !(Ascii.digit(text[i]) && Ascii.digit(Ascii.at(text, i - 1, from, to)))) {
        long find = ask(bits, text, from, to, i);
        if (find != Detector.NOTHING) {
          return find;
        }
      }
    }
    return Detector.NOTHING;
  }

  private long ask(int bits, byte[] text, int from, int to, int at) {
    for (int rest = bits; rest != 0; rest &= rest - 1) {
      long find = detectors[Integer.numberOfTrailingZeros(rest)].find(text, from, to, at);
      if (find != Detector.NOTHING) {
        return find;
      }
    }
    return Detector.NOTHING;
  }
}
