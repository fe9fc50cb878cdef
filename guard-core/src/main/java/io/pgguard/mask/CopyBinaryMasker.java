package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/**
 * Masks COPY TO STDOUT in binary format (PostgreSQL documentation, "COPY", Binary Format): a
 * header, then tuples of a 16-bit count and, for each field, a 32-bit length and that many bytes,
 * then a trailer of a count of -1. Not thread-safe.
 */
final class CopyBinaryMasker implements CopyMasker {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int HEADER = SIGNATURE.length + 8;
  private static final int INCOMPLETE = -1;

  private final @Nullable ValueMasker[] maskers;
  private final RowGate gate;
  private final ByteSink held = new ByteSink(256);
  private boolean headerSeen;
  private boolean stopped;
  private boolean ended;

  CopyBinaryMasker(@Nullable ValueMasker[] maskers, RowGate gate) {
    this.maskers = maskers;
    this.gate = gate;
  }

  @Override
  public void accept(byte[] data, int offset, int length, ByteSink out) {
    held.append(data, offset, length);
    int at = 0;
    while (true) {
      int next = headerSeen ? tuple(at, out) : header(at, out);
      if (next == INCOMPLETE) {
        break;
      }
      at = next;
    }
    int kept = held.length() - at;
    System.arraycopy(held.array(), at, held.array(), 0, kept);
    held.truncate(kept);
  }

  @Override
  public void finish(ByteSink out) {
    if (held.length() > 0 || headerSeen && !ended) {
      throw malformed("ends within a row");
    }
  }

  private int header(int at, ByteSink out) {
    byte[] in = held.array();
    if (held.length() - at < HEADER) {
      return INCOMPLETE;
    }
    for (int i = 0; i < SIGNATURE.length; i++) {
      if (in[at + i] != SIGNATURE[i]) {
        throw malformed("does not begin as the format does");
      }
    }
    int extension = Wire.getInt(in, at + SIGNATURE.length + 4);
    if (Wire.getInt(in, at + SIGNATURE.length) != 0 || extension < 0) {
      throw malformed("has a header that Guard does not know");
    }
    if (held.length() - at - HEADER < extension) {
      return INCOMPLETE;
    }
    headerSeen = true;
    int size = HEADER + extension;
    out.append(in, at, size);
    return at + size;
  }

  private int tuple(int from, ByteSink out) {
    byte[] in = held.array();
    int end = held.length();
    if (end - from < 2) {
      return INCOMPLETE;
    }
    int count = Wire.getShort(in, from);
    if (ended || count != -1 && count != maskers.length) {
      throw malformed("has a row of " + count + " columns where there are " + maskers.length);
    }
    if (count == -1) {
      ended = true;
      if (!stopped) {
        out.append(in, from, 2);
      }
      return from + 2;
    }
    int next = end(in, from + 2, end);
    if (next != INCOMPLETE && !stopped) {
      int mark = out.length();
      stopped = !gate.row(maskTuple(in, from, out));
      if (stopped) {
        out.truncate(mark);
      }
    }
    return next;
  }

  /** Where the tuple whose fields begin here ends. */
  private int end(byte[] in, int from, int end) {
    int at = from;
    for (int i = 0; i < maskers.length; i++) {
      if (end - at < 4) {
        return INCOMPLETE;
      }
      int size = Wire.getInt(in, at);
      if (size < -1) {
        throw malformed("has a value of " + size + " bytes");
      }
      at += 4;
      if (size > end - at) {
        return INCOMPLETE;
      }
      at += Math.max(0, size);
    }
    return at;
  }

  /** Appends a whole tuple, masked; whether a value of it is longer than may pass. */
  private boolean maskTuple(byte[] in, int from, ByteSink out) {
    boolean tooLong = false;
    int at = from + 2;
    out.append(in, from, 2);
    for (ValueMasker masker : maskers) {
      int size = Wire.getInt(in, at);
      int header = out.length();
      out.append(in, at, 4);
      at += 4;
      int value = Math.max(0, size);
      int result =
          masker != null && (size >= 0 || masker.masksNulls())
              ? masker.mask(in, at, value, out)
              : ValueMasker.UNCHANGED;
      if (result == ValueMasker.UNCHANGED) {
        out.append(in, at, value);
      } else {
        out.setInt(header, result == ValueMasker.NULL ? -1 : out.length() - header - 4);
      }
      tooLong |= out.length() - header - 4 > gate.valueBytes();
      at += value;
    }
    return tooLong;
  }

  private static MalformedRowException malformed(String what) {
    return new MalformedRowException("COPY data in binary format " + what);
  }
}
