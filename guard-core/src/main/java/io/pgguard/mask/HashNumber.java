package io.pgguard.mask;

/**
 * A whole number, not negative, made of the hash of a number; equal numbers give equal ones,
 * whatever decimals they show.
 */
final class HashNumber implements ValueMasker {
  private final KeyedHash hash;
  private final ValueKind kind;
  private final ByteSink binary = new ByteSink(16);

  HashNumber(KeyedHash hash, ValueKind kind) {
    this.hash = hash;
    this.kind = kind;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (length == 0 || !Ascii.digit(in[offset + length - 1])) {
      return NULL; // NaN and the infinities
    }
    byte[] digest;
    if (kind == ValueKind.FLOAT4 || kind == ValueKind.FLOAT8) {
      binary.clear();
      if (!BinaryCodec.of(kind).fromText(in, offset, length, binary)) {
        return NULL;
      }
      digest = hash.of(binary.array(), 0, binary.length());
    } else {
      digest = hash.of(in, offset, withoutTrailingZeros(in, offset, length));
    }
    WholeNumber.append(Wire.getLong(digest, 0) >>> 64 - bits(), out);
    return APPENDED;
  }

  /** So many bits that the type holds every number of them exactly. */
  private int bits() {
    return switch (kind) {
      case INT2 -> 15;
      case INT4 -> 31;
      case FLOAT4 -> 19; // below 1e6, from where the server writes exponents
      case FLOAT8 -> 49; // below 1e15, likewise
      default -> 63;
    };
  }

  private static int withoutTrailingZeros(byte[] in, int offset, int length) {
    int point = offset;
    while (point < offset + length && in[point] != '.') {
      point++;
    }
    int end = offset + length;
    if (point < end) {
      while (end > point + 1 && in[end - 1] == '0') {
        end--;
      }
      if (end == point + 1) {
        end--;
      }
    }
    return end - offset;
  }
}
