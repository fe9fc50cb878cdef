package io.pgguard.mask;

/**
 * Tuples of COPY FROM STDIN in binary format (PostgreSQL documentation, "COPY", Binary Format). Not
 * thread-safe.
 */
final class CopyBinaryValues implements CopyValues {
  private static final int HEADER = 11 + 8;

  /** Longer values are skipped: no mask is so long. */
  private static final int LONGEST = 1 << 20;

  private final boolean[] wanted;
  private final Taker taker;
  private final ByteSink held = new ByteSink(256);

  /** How many bytes are awaited for what comes next. */
  private int awaited = HEADER;

  /** How many bytes are passed over. */
  private long skipped;

  private Part part = Part.HEADER;
  private int column;
  private boolean over;

  private enum Part {
    HEADER,
    COUNT,
    LENGTH,
    VALUE
  }

  CopyBinaryValues(boolean[] wanted, Taker taker) {
    this.wanted = wanted.clone();
    this.taker = taker;
  }

  @Override
  public void accept(byte[] data, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (!over && at < end) {
      if (skipped > 0) {
        int passed = (int) Math.min(skipped, end - at);
        skipped -= passed;
        at += passed;
        continue;
      }
      int taken = Math.min(awaited - held.length(), end - at);
      held.append(data, at, taken);
      at += taken;
      if (held.length() == awaited) {
        whole();
        held.clear();
      }
    }
  }

  private void whole() {
    byte[] in = held.array();
    switch (part) {
      case HEADER -> {
        skipped = Math.max(0, Wire.getInt(in, HEADER - 4));
        await(Part.COUNT, 2);
      }
      case COUNT -> {
        over = Wire.getShort(in, 0) != wanted.length; // the end, or the server says so itself
        column = 0;
        await(Part.LENGTH, 4);
      }
      case LENGTH -> length(Wire.getInt(in, 0));
      case VALUE -> {
        taker.value(column, in, held.length());
        next();
      }
    }
  }

  private void length(int length) {
    if (length > 0 && length <= LONGEST && wanted[column]) {
      await(Part.VALUE, length);
      return;
    }
    if (length == 0 && wanted[column]) {
      taker.value(column, held.array(), 0);
    }
    skipped = Math.max(0, length);
    next();
  }

  private void next() {
    column++;
    if (column < wanted.length) {
      await(Part.LENGTH, 4);
    } else {
      await(Part.COUNT, 2);
    }
  }

  private void await(Part next, int bytes) {
    part = next;
    awaited = bytes;
  }

  @Override
  public void finish() {
    over = true;
  }
}
