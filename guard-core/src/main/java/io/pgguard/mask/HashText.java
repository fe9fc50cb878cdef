package io.pgguard.mask;

/** The hash of a text in hexadecimal digits; for JSON between quotes. */
final class HashText implements ValueMasker {
  private final KeyedHash hash;
  private final boolean quoted;

  HashText(KeyedHash hash, boolean quoted) {
    this.hash = hash;
    this.quoted = quoted;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    byte[] digest = hash.of(in, offset, length);
    if (quoted) {
      out.append('"');
    }
    Hex.append(digest, 0, KeyedHash.BYTES, out);
    if (quoted) {
      out.append('"');
    }
    return APPENDED;
  }
}
