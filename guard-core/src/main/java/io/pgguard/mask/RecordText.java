package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/**
 * Masks the fields of a row in its text format (PostgreSQL documentation, "Composite Type Input and
 * Output Syntax"). What does not have as many fields as was said becomes NULL.
 */
final class RecordText implements ValueMasker {
  private final @Nullable ValueMasker[] fields;
  private final ByteSink plain = new ByteSink(64);
  private final ByteSink masked = new ByteSink(64);

  RecordText(@Nullable ValueMasker[] fields) {
    this.fields = fields.clone();
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    int end = offset + length;
    int start = out.length();
    if (length < 2 || in[offset] != '(' || in[end - 1] != ')') {
      return NULL;
    }
    int last = end - 1;
    int at = offset;
    for (int i = 0; i < fields.length; i++) {
      if (in[at] != (i == 0 ? '(' : ',') || at >= last) {
        out.truncate(start);
        return NULL;
      }
      out.append(in[at++]);
      int next = fieldEnd(in, at, last);
      field(fields[i], in, at, next, out);
      at = next;
    }
    if (at != last) {
      out.truncate(start);
      return NULL;
    }
    out.append(')');
    return APPENDED;
  }

  private static int fieldEnd(byte[] in, int from, int end) {
    boolean quoted = false;
    int i = from;
    while (i < end && (quoted || in[i] != ',')) {
      if (in[i] == '\\') {
        i++;
      } else if (in[i] == '"') {
        quoted = !quoted;
      }
      i++;
    }
    if (quoted || i > end) {
      throw new MalformedRowException("a row in text format ends within a field");
    }
    return i;
  }

  private void field(@Nullable ValueMasker masker, byte[] in, int from, int to, ByteSink out) {
    boolean isNull = from == to;
    if (masker == null || isNull && !masker.masksNulls()) {
      out.append(in, from, to - from);
      return;
    }
    plain.clear();
    appendPlain(in, from, to);
    masked.clear();
    int result = masker.mask(plain.array(), 0, plain.length(), masked);
    if (result == UNCHANGED) {
      out.append(in, from, to - from);
    } else if (result == APPENDED) {
      appendQuoted(masked.array(), masked.length(), out);
    }
  }

  private void appendPlain(byte[] in, int from, int to) {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = in[i];
      if (b == '\\') {
        plain.append(in[++i]);
      } else if (b != '"') {
        plain.append(b);
      } else if (quoted && i + 1 < to && in[i + 1] == '"') {
        plain.append(in[++i]);
      } else {
        quoted = !quoted;
      }
    }
  }

  /** As record_out does: quotes stand only where they are needed. */
  private static void appendQuoted(byte[] value, int length, ByteSink out) {
    boolean quotes = length == 0;
    for (int i = 0; i < length; i++) {
      quotes |= value[i] >= 0 && (value[i] <= ' ' || "\"\\(),".indexOf(value[i]) >= 0);
    }
    if (!quotes) {
      out.append(value, 0, length);
      return;
    }
    out.append('"');
    for (int i = 0; i < length; i++) {
      if (value[i] == '"' || value[i] == '\\') {
        out.append(value[i]);
      }
      out.append(value[i]);
    }
    out.append('"');
  }
}
