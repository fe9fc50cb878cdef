package io.pgguard.mask;

import java.util.Arrays;

/** How one format of COPY writes a field. Implementations are stateless but for their format. */
interface CopyFields {

  /** The index after the field that starts at {@code at}: a delimiter or the line's end. */
  int end(byte[] line, int at, int end);

  /** Whether a field, as it stands in the line, is NULL. */
  boolean isNull(byte[] line, int from, int to);

  /** Whether no value is written as NULL is: where one may be, both have to be masked alike. */
  boolean tellsNullFromValues();

  /** Appends a field's value without quotes and escapes. */
  void appendPlain(byte[] line, int from, int to, ByteSink out);

  /** Appends a value as a field, with what quotes and escapes it needs. */
  void appendField(byte[] value, int length, ByteSink out);

  /** Whether a slice is these bytes. */
  static boolean equal(byte[] line, int from, int to, byte[] bytes) {
    return Arrays.equals(line, from, to, bytes, 0, bytes.length);
  }
}
