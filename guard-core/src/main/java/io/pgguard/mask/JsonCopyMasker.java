package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/**
 * Masks the data of COPY TO STDOUT in json format: an object a line, in an array where the
 * statement asks for one (PostgreSQL 19 documentation, "COPY"). Not thread-safe.
 */
final class JsonCopyMasker implements CopyMasker {
  private final @Nullable ValueMasker masker;
  private final RowGate gate;
  private final ByteSink line = new ByteSink(256);
  private final ByteSink masked = new ByteSink(256);
  private final ByteSink plain = new ByteSink(64);

  /** How far {@link #line} was searched for its end, and what is open there. */
  private int searched;

  private int depth;
  private boolean inString;
  private boolean stopped;

  /**
   * @param masker of a row's object; null where it passes
   */
  JsonCopyMasker(@Nullable ValueMasker masker, RowGate gate) {
    this.masker = masker;
    this.gate = gate;
  }

  @Override
  public void accept(byte[] data, int offset, int length, ByteSink out) {
    line.append(data, offset, length);
    int start = 0;
    while (searched < line.length()) {
      byte b = line.array()[searched];
      if (inString && b == '\\' && searched + 1 == line.length()) {
        break; // what it escapes has not come
      }
      searched += inString && b == '\\' ? 2 : 1;
      if (b == '"') {
        inString = !inString;
      } else if (!inString && b == '\n' && depth == 0) {
        maskLine(start, searched - 1, true, out);
        start = searched;
      } else if (!inString) {
        nest(b);
      }
    }
    dropFirst(start);
  }

  /** A value of type json may hold line ends of its own; the brackets around all rows hold none. */
  private void nest(byte b) {
    if (b == '{' || (b == '[' && depth > 0)) {
      depth++;
    } else if (depth > 0 && (b == '}' || b == ']')) {
      depth--;
    }
  }

  @Override
  public void finish(ByteSink out) {
    if (line.length() > 0) {
      maskLine(0, line.length(), false, out);
      searched = line.length();
      dropFirst(line.length());
    }
  }

  private void dropFirst(int count) {
    int kept = line.length() - count;
    System.arraycopy(line.array(), count, line.array(), 0, kept);
    line.truncate(kept);
    searched -= count;
  }

  private void maskLine(int start, int end, boolean ended, ByteSink out) {
    if (stopped) {
      return;
    }
    int mark = out.length();
    byte[] bytes = line.array();
    boolean bracket = end == start + 1 && (bytes[start] == '[' || bytes[start] == ']');
    if (bracket) {
      out.append(bytes[start]);
    } else {
      boolean inArray = start < end && (bytes[start] == ' ' || bytes[start] == ',');
      if (inArray) {
        out.append(bytes[start]);
      }
      maskRow(inArray ? start + 1 : start, end);
      out.append(masked.array(), 0, masked.length());
      stopped = !gate.row(isTooLong());
    }
    if (stopped) {
      out.truncate(mark);
    } else if (ended) {
      out.append('\n');
    }
  }

  private void maskRow(int from, int to) {
    if (from >= to || line.array()[from] != '{' || JsonSpans.value(line.array(), from, to) != to) {
      throw new MalformedRowException("a line of COPY in json format is no object");
    }
    masked.clear();
    int result =
        masker == null ? ValueMasker.UNCHANGED : masker.mask(line.array(), from, to - from, masked);
    if (result == ValueMasker.UNCHANGED) {
      masked.clear();
      masked.append(line.array(), from, to - from);
    } else if (result == ValueMasker.NULL) {
      throw new MalformedRowException("a row of COPY cannot be masked as NULL");
    }
  }

  /** Whether a value of the row, as it goes out, is longer than the gate lets pass. */
  private boolean isTooLong() {
    byte[] row = masked.array();
    int end = masked.length();
    if (end <= gate.valueBytes()) {
      return false;
    }
    if (row[0] != '{') {
      return true;
    }
    int at = JsonSpans.space(row, 1, end);
    while (at < end && row[at] == '"') {
      int colon = JsonSpans.space(row, JsonEscapes.stringEnd(row, at, end), end);
      int value = JsonSpans.space(row, colon + 1, end);
      int after = JsonSpans.value(row, value, end);
      if (length(row, value, after) > gate.valueBytes()) {
        return true;
      }
      at = JsonSpans.space(row, JsonSpans.space(row, after, end) + 1, end);
    }
    return false;
  }

  private int length(byte[] row, int from, int to) {
    if (row[from] != '"') {
      return to - from;
    }
    plain.clear();
    JsonEscapes.appendPlain(row, from + 1, to - 1, plain);
    return plain.length();
  }
}
