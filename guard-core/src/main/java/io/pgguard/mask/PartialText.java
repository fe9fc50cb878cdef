package io.pgguard.mask;

import java.nio.charset.StandardCharsets;

/** Keeps the first and last code points of a text; of one that has no more, none. */
final class PartialText implements ValueMasker {
  private final Mask.Partial mask;
  private final byte[] with;

  PartialText(Mask.Partial mask) {
    this.mask = mask;
    this.with = String.valueOf(mask.with()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int count = Utf8.count(in, offset, length);
    int end = offset + length;
    if (count <= mask.kept()) {
      hide(count, out);
      return APPENDED;
    }
    int hidden = count - mask.kept();
    int firstEnd = Utf8.skip(in, offset, end, mask.keepFirst());
    out.append(in, offset, firstEnd - offset);
    hide(hidden, out);
    int last = Utf8.back(in, firstEnd, end, mask.keepLast());
    out.append(in, last, end - last);
    return APPENDED;
  }

  private void hide(int count, ByteSink out) {
    if (with.length == 1) {
      out.fill(with[0], count);
      return;
    }
    for (int i = 0; i < count; i++) {
      out.append(with, 0, with.length);
    }
  }
}
