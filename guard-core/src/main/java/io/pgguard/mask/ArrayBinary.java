package io.pgguard.mask;

/**
 * Masks the elements of an array in its binary format: count of dimensions, flag for NULLs, element
 * type, then length and lower bound of each dimension, then the elements (source file arrayfuncs.c,
 * array_send).
 */
final class ArrayBinary implements ValueMasker {
  private static final int HEADER = 12;
  private static final int MOST_DIMENSIONS = 6;

  private final ValueMasker element;

  ArrayBinary(ValueMasker element) {
    this.element = element;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    int elements = elements(in, offset, length);
    int at = offset + HEADER + 8 * Wire.getInt(in, offset);
    int start = out.length();
    out.append(in, offset, at - offset);
    boolean changed = false;
    boolean nulls = false;
    for (int i = 0; i < elements; i++) {
      int size = end - at < 4 ? Integer.MIN_VALUE : Wire.getInt(in, at);
      at += 4;
      if (size < -1 || size > end - at) {
        throw malformed();
      }
      int header = out.length();
      out.appendInt(size);
      if (size >= 0) {
        int result = element.mask(in, at, size, out);
        if (result == UNCHANGED) {
          out.append(in, at, size);
        } else {
          changed = true;
          out.setInt(header, result == NULL ? -1 : out.length() - header - 4);
        }
        nulls |= result == NULL;
        at += size;
      } else {
        nulls = true;
      }
    }
    if (at != end) {
      throw malformed();
    }
    if (!changed) {
      out.truncate(start);
      return UNCHANGED;
    }
    out.setInt(start + 4, nulls ? 1 : 0);
    return APPENDED;
  }

  /** The type of the elements where the whole is built like an array; 0 where it is not. */
  static int elementType(byte[] in, int offset, int length) {
    int flags = length < HEADER ? -1 : Wire.getInt(in, offset + 4);
    if (flags != 0 && flags != 1) {
      return 0;
    }
    int dimensions = Wire.getInt(in, offset);
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS || length < HEADER + 8 * dimensions) {
      return 0;
    }
    long elements = dimensions == 0 ? 0 : 1;
    for (int i = 0; i < dimensions; i++) {
      elements *= Wire.getInt(in, offset + HEADER + 8 * i);
      if (elements < 0 || elements > length / 4) {
        return 0;
      }
    }
    int at = offset + HEADER + 8 * dimensions;
    int end = offset + length;
    for (long i = 0; i < elements; i++) {
      int size = end - at < 4 ? Integer.MIN_VALUE : Wire.getInt(in, at);
      at += 4;
      if (size < -1 || size > end - at) {
        return 0;
      }
      at += Math.max(0, size);
    }
    return at == end ? Wire.getInt(in, offset + 8) : 0;
  }

  /** How many elements the header tells of. */
  private static int elements(byte[] in, int offset, int length) {
    int dimensions = length < HEADER ? -1 : Wire.getInt(in, offset);
    if (dimensions < 0 || dimensions > MOST_DIMENSIONS || length < HEADER + 8 * dimensions) {
      throw malformed();
    }
    long elements = dimensions == 0 ? 0 : 1;
    for (int i = 0; i < dimensions; i++) {
      int size = Wire.getInt(in, offset + HEADER + 8 * i);
      elements *= size;
      if (size < 0 || elements > length / 4) {
        throw malformed(); // each element takes four bytes at the least
      }
    }
    return (int) elements;
  }

  private static MalformedRowException malformed() {
    return new MalformedRowException("an array in binary format does not have the parts it counts");
  }
}
