package io.pgguard.mask;

/**
 * Hides the figures of a plan's line and leaves its words: each number that does not belong to a
 * name becomes a question mark, however many digits it has. Stateless and thread-safe.
 */
final class FiguresMasker implements ValueMasker {
  static final FiguresMasker INSTANCE = new FiguresMasker();

  private FiguresMasker() {}

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    boolean found = false;
    int done = offset;
    int mark = out.length();
    for (int i = offset; i < end; i++) {
      if (!Ascii.digit(in[i])) {
        continue;
      }
      boolean ofName = i > offset && ofName(in[i - 1]);
      int after = i + 1;
      while (after < end && (Ascii.digit(in[after]) || (!ofName && isPoint(in, after, end)))) {
        after++;
      }
      if (!ofName) {
        out.append(in, done, i - done);
        out.append('?');
        done = after;
        found = true;
      }
      i = after - 1;
    }
    if (!found) {
      out.truncate(mark);
      return UNCHANGED;
    }
    out.append(in, done, end - done);
    return APPENDED;
  }

  /** Names hold digits behind letters, underscores, dollar signs and bytes beyond ASCII. */
  private static boolean ofName(byte before) {
    return before < 0 || before == '_' || before == '$' || Ascii.letter(before);
  }

  /** A point between two digits; two points separate two figures. */
  private static boolean isPoint(byte[] in, int at, int end) {
    return in[at] == '.' && at + 1 < end && Ascii.digit(in[at + 1]);
  }
}
