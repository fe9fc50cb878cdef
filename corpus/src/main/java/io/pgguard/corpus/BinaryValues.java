package io.pgguard.corpus;

import java.nio.ByteBuffer;
import java.time.LocalDate;

/** Values of the commonest types in their binary form, as text; others as the bytes they are. */
final class BinaryValues {
  private static final int INT8 = 20;
  private static final int INT2 = 21;
  private static final int INT4 = 23;
  private static final int DATE = 1082;
  private static final int NUMERIC = 1700;
  private static final int NUMERIC_NEGATIVE = 0x4000;

  private BinaryValues() {}

  static String text(int type, byte[] value) {
    ByteBuffer bytes = ByteBuffer.wrap(value);
    return switch (type) {
      case INT2 -> String.valueOf(bytes.getShort());
      case INT4 -> String.valueOf(bytes.getInt());
      case INT8 -> String.valueOf(bytes.getLong());
      case DATE -> LocalDate.of(2000, 1, 1).plusDays(bytes.getInt()).toString();
      case NUMERIC -> numeric(bytes);
      default -> ByteDecodings.text(value);
    };
  }

  /** Four decimal digits a group, the first of which has the given weight (numeric_send). */
  private static String numeric(ByteBuffer bytes) {
    int groups = bytes.getShort();
    int weight = bytes.getShort();
    boolean negative = bytes.getShort() == NUMERIC_NEGATIVE;
    int scale = bytes.getShort();
    StringBuilder whole = new StringBuilder();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < groups; i++) {
      String digits = String.format("%04d", bytes.getShort());
      (i <= weight ? whole : part).append(digits);
    }
    whole.append("0000".repeat(Math.max(0, weight + 1 - groups)));
    part.insert(0, "0000".repeat(Math.max(0, -weight - 1)));
    while (part.length() < scale) {
      part.append('0');
    }
    String digits = whole.toString().replaceFirst("^0+(?=.)", "");
    return (negative ? "-" : "")
        + (digits.isEmpty() ? "0" : digits)
        + (scale > 0 ? "." + part.substring(0, scale) : "");
  }
}
