package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/** Masks COPY TO STDOUT in text and csv format, line by line. Not thread-safe. */
final class CopyLineMasker implements CopyMasker {
  private final CopyFormat format;
  private final @Nullable ValueMasker[] maskers;
  private final CopyFields fields;
  private final RowGate gate;
  private final ByteSink line = new ByteSink(256);
  private final ByteSink plain = new ByteSink(64);
  private final ByteSink masked = new ByteSink(64);

  /** How far {@link #line} was searched for its end. */
  private int searched;

  private boolean inQuotes;
  private boolean headerDue;
  private boolean stopped;

  /** Whether a value of the line at hand is longer than the gate lets pass. */
  private boolean tooLong;

  CopyLineMasker(CopyFormat format, @Nullable ValueMasker[] maskers, RowGate gate) {
    this.format = format;
    this.maskers = maskers;
    this.gate = gate;
    this.fields = format.csv() ? new CsvFields(format) : new TextFields(format);
    this.headerDue = format.header();
  }

  @Override
  public void accept(byte[] data, int offset, int length, ByteSink out) {
    line.append(data, offset, length);
    int start = 0;
    for (int i = searched; i < line.length(); i++) {
      byte b = line.array()[i];
      if (b == '\n' && !inQuotes) {
        maskLine(start, i, true, out);
        start = i + 1;
      } else if (format.csv() && b == format.quote() && !(inQuotes && escaped(i))) {
        inQuotes = !inQuotes;
      }
      searched = i + 1;
    }
    dropFirst(start);
  }

  @Override
  public void finish(ByteSink out) {
    if (line.length() > 0) {
      maskLine(0, line.length(), false, out);
      dropFirst(line.length());
    }
  }

  /** Whether an odd number of escapes stands before a quote within quotes. */
  private boolean escaped(int at) {
    if (format.escape() == format.quote()) {
      return false;
    }
    int escapes = 0;
    for (int i = at - 1; i >= 0 && line.array()[i] == format.escape(); i--) {
      escapes++;
    }
    return escapes % 2 == 1;
  }

  private void dropFirst(int count) {
    int kept = line.length() - count;
    System.arraycopy(line.array(), count, line.array(), 0, kept);
    line.truncate(kept);
    searched = kept;
  }

  private void maskLine(int start, int end, boolean ended, ByteSink out) {
    if (stopped) {
      return;
    }
    int mark = out.length();
    tooLong = false;
    if (headerDue) {
      headerDue = false;
      out.append(line.array(), start, end - start);
    } else {
      maskFields(start, end, out);
      stopped = !gate.row(tooLong);
    }
    if (stopped) {
      out.truncate(mark);
    } else if (ended) {
      out.append('\n');
    }
  }

  private void maskFields(int start, int end, ByteSink out) {
    int mark = out.length();
    int at = start;
    for (int i = 0; i < maskers.length; i++) {
      if (i > 0) {
        if (at >= end || line.array()[at] != format.delimiter()) {
          out.truncate(mark);
          throw wrongCount();
        }
        out.append(line.array()[at++]);
      }
      int next = fields.end(line.array(), at, end);
      maskField(maskers[i], at, next, out);
      at = next;
    }
    if (at != end) {
      out.truncate(mark);
      throw wrongCount();
    }
  }

  private void maskField(@Nullable ValueMasker masker, int from, int to, ByteSink out) {
    byte[] bytes = line.array();
    boolean isNull =
        fields.isNull(bytes, from, to) && (masker == null || fields.tellsNullFromValues());
    boolean passes = masker == null && to - from <= gate.valueBytes();
    if (passes || isNull && (masker == null || !masker.masksNulls())) {
      out.append(bytes, from, to - from);
      return;
    }
    plain.clear();
    if (!isNull) {
      fields.appendPlain(bytes, from, to, plain);
    }
    masked.clear();
    int result =
        masker == null
            ? ValueMasker.UNCHANGED
            : masker.mask(plain.array(), 0, plain.length(), masked);
    switch (result) {
      case ValueMasker.UNCHANGED -> {
        tooLong |= plain.length() > gate.valueBytes();
        out.append(bytes, from, to - from);
      }
      case ValueMasker.NULL -> out.append(format.nullBytes());
      default -> {
        tooLong |= masked.length() > gate.valueBytes();
        fields.appendField(masked.array(), masked.length(), out);
      }
    }
  }

  private MalformedRowException wrongCount() {
    return new MalformedRowException(
        "a line of COPY does not have the " + maskers.length + " columns that were described");
  }
}
