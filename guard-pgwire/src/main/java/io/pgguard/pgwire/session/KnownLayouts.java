package io.pgguard.pgwire.session;

import io.pgguard.mask.ResultColumn;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.pgwire.message.RowDescription.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The layouts that a server has described to one session. What is prepared once is described each
 * time that it runs, to the byte as before: then it is not read anew, and what was made of the same
 * columns is found by that they are the same object. Not thread-safe.
 */
final class KnownLayouts {
  /** How many are kept, and how long one may be: with a session at rest only little may stay. */
  private static final int PLACES = 8;

  private static final int LONGEST = 512;

  private final @Nullable Layout[] places = new Layout[PLACES];

  /**
   * A layout.
   *
   * @param body as it came
   * @param fields what it says
   * @param columns the same for who judges rows, in the formats that it says
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its content, here
  record Layout(byte[] body, List<Field> fields, List<ResultColumn> columns) {}

  /** What the body of a RowDescription says. */
  Layout read(MessageReader in, byte[] bytes, int offset, int length) {
    int end = offset + length;
    if (length > LONGEST) {
      return read(in, new byte[0]);
    }
    int place = hash(bytes, offset, end) & PLACES - 1;
    Layout known = places[place];
    if (known == null || !Arrays.equals(known.body(), 0, known.body().length, bytes, offset, end)) {
      known = read(in, Arrays.copyOfRange(bytes, offset, end));
      places[place] = known;
    }
    return known;
  }

  private static Layout read(MessageReader in, byte[] body) {
    List<Field> fields = RowDescription.decode(in).fields();
    return new Layout(body, fields, columns(fields, index -> fields.get(index).format() == 1));
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ hash >>> 16;
  }

  /** Columns for who judges rows. */
  static List<ResultColumn> columns(List<Field> fields, IntPredicate binary) {
    List<ResultColumn> columns = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      columns.add(
          new ResultColumn(
              field.name(),
              field.relationOid(),
              field.attributeNumber(),
              field.typeOid(),
              binary.test(i)));
    }
    return List.copyOf(columns);
  }
}
