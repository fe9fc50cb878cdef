package io.pgguard.mask;

/**
 * Lines of COPY FROM STDIN in text and csv format. A line ends at a line feed, a carriage return or
 * both, since the server takes each (PostgreSQL documentation, "COPY", File Formats). Not
 * thread-safe.
 */
final class CopyLineValues implements CopyValues {
  /** Longer lines are skipped: no mask fills them. */
  private static final int LONGEST = 1 << 24;

  private final CopyFormat format;
  private final boolean[] wanted;
  private final Taker taker;
  private final CopyFields fields;
  private final ByteSink line = new ByteSink(256);
  private final ByteSink plain = new ByteSink(64);
  private boolean inQuotes;
  private boolean escaped;
  private boolean headerDue;
  private boolean tooLong;
  private boolean over;

  CopyLineValues(CopyFormat format, boolean[] wanted, Taker taker) {
    this.format = format;
    this.wanted = wanted.clone();
    this.taker = taker;
    this.fields = format.csv() ? new CsvFields(format) : new TextFields(format);
    this.headerDue = format.header();
  }

  @Override
  public void accept(byte[] data, int offset, int length) {
    int from = offset;
    for (int i = offset; i < offset + length && !over; i++) {
      if (ends(data[i])) {
        append(data, from, i);
        from = i + 1;
        line();
      }
    }
    if (!over) {
      append(data, from, offset + length);
    }
  }

  /** Whether a byte ends a line; follows quotes and escapes. */
  private boolean ends(byte b) {
    if (escaped) {
      escaped = false;
      return false;
    }
    if (format.csv()) {
      if (inQuotes && b == format.escape() && format.escape() != format.quote()) {
        escaped = true;
      } else if (b == format.quote()) {
        inQuotes = !inQuotes;
      }
      return !inQuotes && (b == '\n' || b == '\r');
    }
    escaped = b == '\\';
    return b == '\n' || b == '\r';
  }

  private void append(byte[] data, int from, int to) {
    tooLong |= line.length() + (to - from) > LONGEST;
    if (!tooLong) {
      line.append(data, from, to - from);
    }
  }

  @Override
  public void finish() {
    if (!over) {
      line();
    }
  }

  private void line() {
    boolean looked = !tooLong && line.length() > 0; // an empty one stands between both line ends
    if (looked && headerDue) {
      headerDue = false;
    } else if (looked && isEnd()) {
      over = true;
    } else if (looked) {
      values();
    }
    tooLong = false;
    line.clear();
  }

  /** Whether the line is the one that ends the data of the text format. */
  private boolean isEnd() {
    return !format.csv() && line.length() == 2 && line.array()[0] == '\\' && line.array()[1] == '.';
  }

  private void values() {
    byte[] bytes = line.array();
    int end = line.length();
    int at = 0;
    try {
      for (int i = 0; i < wanted.length && !over; i++) {
        if (i > 0 && (at >= end || bytes[at++] != format.delimiter())) {
          over = true; // too few columns
          return;
        }
        int next = fields.end(bytes, at, end);
        if (wanted[i] && !fields.isNull(bytes, at, next)) {
          plain.clear();
          fields.appendPlain(bytes, at, next, plain);
          taker.value(i, plain.array(), plain.length());
        }
        at = next;
      }
      over = at != end;
    } catch (MalformedRowException e) {
      over = true; // the server says so itself
    }
  }
}
