package io.pgguard.mask;

/**
 * The hash of a value's binary form, cut to a form of the same type: bytea gets all 32 bytes, a
 * uuid 16 with version 8 (RFC 9562, section 5.8).
 */
final class HashBytes implements ValueMasker {
  private final KeyedHash hash;
  private final ValueKind kind;
  private final BinaryCodec codec;
  private final ByteSink binary = new ByteSink(64);
  private final ByteSink made = new ByteSink(64);

  HashBytes(KeyedHash hash, ValueKind kind) {
    this.hash = hash;
    this.kind = kind;
    this.codec = BinaryCodec.of(kind);
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    binary.clear();
    if (!codec.fromText(in, offset, length, binary)) {
      return NULL;
    }
    byte[] digest = hash.of(binary.array(), 0, binary.length());
    made.clear();
    switch (kind) {
      case BYTEA -> made.append(digest);
      case UUID -> {
        digest[6] = (byte) (digest[6] & 0x0f | 0x80);
        digest[8] = (byte) (digest[8] & 0x3f | 0x80);
        made.append(digest, 0, 16);
      }
      default -> throw new IllegalStateException("no hash of bytes for " + kind);
    }
    return codec.toText(made.array(), 0, made.length(), out) ? APPENDED : NULL;
  }
}
