package io.pgguard.mask;

/** Fields of COPY's csv format, with quotes. */
final class CsvFields implements CopyFields {
  private final char delimiter;
  private final char quote;
  private final char escape;
  private final byte[] nullText;

  CsvFields(CopyFormat format) {
    delimiter = format.delimiter();
    quote = format.quote();
    escape = format.escape();
    nullText = format.nullBytes();
  }

  @Override
  public int end(byte[] line, int at, int end) {
    boolean quoted = false;
    for (int i = at; i < end; i++) {
      byte b = line[i];
      if (quoted && escapes(line, i, end)) {
        i++;
      } else if (b == quote) {
        quoted = !quoted;
      } else if (b == delimiter && !quoted) {
        return i;
      }
    }
    if (quoted) {
      throw new MalformedRowException("a line of COPY ends within quotes");
    }
    return end;
  }

  /** Whether an escape stands here, within quotes, and not the closing quote. */
  private boolean escapes(byte[] line, int at, int end) {
    return line[at] == escape && at + 1 < end && (line[at + 1] == quote || line[at + 1] == escape);
  }

  /** A value that looks like NULL is quoted. */
  @Override
  public boolean tellsNullFromValues() {
    return true;
  }

  @Override
  public boolean isNull(byte[] line, int from, int to) {
    return CopyFields.equal(line, from, to, nullText);
  }

  @Override
  public void appendPlain(byte[] line, int from, int to, ByteSink out) {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = line[i];
      if (quoted && escapes(line, i, to)) {
        out.append(line[++i]);
      } else if (b == quote) {
        quoted = !quoted;
      } else {
        out.append(b);
      }
    }
  }

  @Override
  public void appendField(byte[] value, int length, ByteSink out) {
    if (!needsQuotes(value, length)) {
      out.append(value, 0, length);
      return;
    }
    out.append(quote);
    for (int i = 0; i < length; i++) {
      if (value[i] == quote || value[i] == escape) {
        out.append(escape);
      }
      out.append(value[i]);
    }
    out.append(quote);
  }

  private boolean needsQuotes(byte[] value, int length) {
    if (CopyFields.equal(value, 0, length, nullText) || length == 2 && value[0] == '\\') {
      return true; // would read as NULL, or as the end of data
    }
    for (int i = 0; i < length; i++) {
      byte b = value[i];
      if (b == delimiter || b == quote || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }
}
