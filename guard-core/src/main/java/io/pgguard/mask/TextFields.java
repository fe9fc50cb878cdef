package io.pgguard.mask;

/** Fields of COPY's text format, with backslash escapes. */
final class TextFields implements CopyFields {
  private final char delimiter;
  private final byte[] nullText;

  TextFields(CopyFormat format) {
    delimiter = format.delimiter();
    nullText = format.nullBytes();
  }

  @Override
  public int end(byte[] line, int at, int end) {
    int i = at;
    while (i < end && line[i] != delimiter) {
      i += line[i] == '\\' ? 2 : 1;
    }
    if (i > end) {
      throw new MalformedRowException("a line of COPY ends within an escape");
    }
    return i;
  }

  /** The server escapes a backslash of a value, and nothing else that NULL may be written with. */
  @Override
  public boolean tellsNullFromValues() {
    return nullText.length == 2 && nullText[0] == '\\' && nullText[1] == 'N';
  }

  @Override
  public boolean isNull(byte[] line, int from, int to) {
    return CopyFields.equal(line, from, to, nullText);
  }

  @Override
  public void appendPlain(byte[] line, int from, int to, ByteSink out) {
    for (int i = from; i < to; i++) {
      byte b = line[i];
      if (b == '\\') {
        b = line[++i];
        switch (b) {
          case 'b' -> b = '\b';
          case 'f' -> b = '\f';
          case 'n' -> b = '\n';
          case 'r' -> b = '\r';
          case 't' -> b = '\t';
          case 'v' -> b = 0x0b;
          default -> {
            // any other character stands for itself
          }
        }
      }
      out.append(b);
    }
  }

  @Override
  public void appendField(byte[] value, int length, ByteSink out) {
    int start = out.length();
    for (int i = 0; i < length; i++) {
      byte b = value[i];
      int letter =
          switch (b) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0b -> 'v';
            default -> b == '\\' || b == delimiter ? b : 0;
          };
      if (letter != 0) {
        out.append('\\');
        out.append(letter);
      } else {
        out.append(b);
      }
    }
    if (CopyFields.equal(out.array(), start, out.length(), nullText) && length > 0) {
      // A value that reads as NULL: an escape before its first character tells it apart.
      out.truncate(start);
      out.append('\\');
      out.append(value, 0, length);
    }
  }
}
