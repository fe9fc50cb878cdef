package io.pgguard.recording;

import io.pgguard.mask.ResultColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * A value of a row as people read it. Binary formats are those of PostgreSQL's send functions
 * (PostgreSQL source, src/backend/utils/adt); what is not known here shows as hexadecimal.
 * Stateless and thread-safe.
 */
public final class ValueText {
  private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
  private static final Instant EPOCH_INSTANT = Instant.parse("2000-01-01T00:00:00Z");

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private ValueText() {}

  static String of(ResultColumn column, byte[] row, int offset, int length) {
    if (!column.binary()) {
      return new String(row, offset, length, StandardCharsets.UTF_8);
    }
    return ofBinary(column.typeOid(), row, offset, length);
  }

  /** The text of a value of a built-in type that stands in the binary format at an offset. */
  public static String ofBinary(int typeOid, byte[] row, int offset, int length) {
    ByteBuffer value = ByteBuffer.wrap(row, offset, length).slice();
    if (length != width(typeOid, length)) {
      return hex(row, offset, length);
    }
    return switch (typeOid) {
      case 16 -> value.get() == 0 ? "f" : "t"; // bool
      case 18, 19, 25, 114, 142, 705, 1042, 1043 -> // "char", name, text, json, xml, unknown, char
          new String(row, offset, length, StandardCharsets.UTF_8);
      case 20 -> Long.toString(value.getLong()); // int8
      case 21 -> Short.toString(value.getShort()); // int2
      case 23 -> Integer.toString(value.getInt()); // int4
      case 26 -> Integer.toUnsignedString(value.getInt()); // oid
      case 700 -> Float.toString(value.getFloat()); // float4
      case 701 -> Double.toString(value.getDouble()); // float8
      case 1082 -> date(value.getInt()); // date
      case 1114 -> timestamp(value.getLong(), ""); // timestamp
      case 1184 -> timestamp(value.getLong(), "+00"); // timestamptz
      case 1700 -> numeric(value, row, offset, length); // numeric
      case 2950 -> new UUID(value.getLong(), value.getLong()).toString(); // uuid
      case 3802 -> jsonb(row, offset, length); // jsonb
      default -> hex(row, offset, length);
    };
  }

  /** The one length that a value of fixed width may have; of others the length itself. */
  private static int width(int typeOid, int length) {
    return switch (typeOid) {
      case 16 -> 1;
      case 21 -> 2;
      case 23, 26, 700, 1082 -> 4;
      case 20, 701, 1114, 1184 -> 8;
      case 2950 -> 16;
      default -> length;
    };
  }

  private static String hex(byte[] row, int offset, int length) {
    return "\\x" + HexFormat.of().formatHex(row, offset, offset + length);
  }

  private static String jsonb(byte[] row, int offset, int length) {
    return length > 0 && row[offset] == 1
        ? new String(row, offset + 1, length - 1, StandardCharsets.UTF_8)
        : hex(row, offset, length);
  }

  private static String date(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> "infinity";
      case Integer.MIN_VALUE -> "-infinity";
      default -> EPOCH.plusDays(days).toString();
    };
  }

  private static String timestamp(long micros, String zone) {
    if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
      return micros > 0 ? "infinity" : "-infinity";
    }
    Instant instant = EPOCH_INSTANT.plus(micros, ChronoUnit.MICROS);
    return TIMESTAMP.format(instant.atOffset(ZoneOffset.UTC)) + zone;
  }

  /** Count of base-10000 digits, weight of the first, sign, display scale, digits. */
  private static String numeric(ByteBuffer value, byte[] row, int offset, int length) {
    if (length < 8) {
      return hex(row, offset, length);
    }
    int count = value.getShort();
    int weight = value.getShort();
    int sign = value.getShort() & 0xFFFF;
    int scale = value.getShort() & 0x3FFF;
    switch (sign) {
      case 0xC000:
        return "NaN";
      case 0xD000:
        return "Infinity";
      case 0xF000:
        return "-Infinity";
      default:
    }
    if (count < 0 || value.remaining() != count * 2) {
      return hex(row, offset, length);
    }
    BigInteger digits = BigInteger.ZERO;
    for (int i = 0; i < count; i++) {
      digits =
          digits.multiply(BigInteger.valueOf(10_000)).add(BigInteger.valueOf(value.getShort()));
    }
    BigDecimal number = new BigDecimal(digits).scaleByPowerOfTen(4 * (weight - count + 1));
    number = number.setScale(scale, RoundingMode.DOWN);
    return (sign == 0x4000 ? number.negate() : number).toPlainString();
  }
}
