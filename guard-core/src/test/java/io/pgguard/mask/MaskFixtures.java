package io.pgguard.mask;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds columns, keys and rows for the tests of masks. */
final class MaskFixtures {
  static final MaskKey KEY =
      MaskKey.of("a key for tests only, 32 bytes!!".getBytes(StandardCharsets.UTF_8));

  /** Stands for NULL in a row; recognised by its identity. */
  static final byte[] NULL = {};

  private MaskFixtures() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ResultColumn column(int typeOid, boolean binary) {
    return new ResultColumn("c", 0, 0, typeOid, binary);
  }

  /** One value through a mask; null for NULL. */
  static byte @Nullable [] mask(Mask mask, int typeOid, boolean binary, byte[] value) {
    return apply(new ColumnTreatment.Apply(mask), typeOid, binary, value);
  }

  static @Nullable String text(Mask mask, int typeOid, String value) {
    byte[] masked = mask(mask, typeOid, false, utf8(value));
    return masked == null ? null : new String(masked, StandardCharsets.UTF_8);
  }

  static @Nullable String scan(int typeOid, String value) {
    byte[] masked = apply(new ColumnTreatment.Scan(Detectors.all()), typeOid, false, utf8(value));
    return masked == null ? null : new String(masked, StandardCharsets.UTF_8);
  }

  static byte @Nullable [] apply(
      ColumnTreatment treatment, int typeOid, boolean binary, byte[] value) {
    RowMasker masker =
        MaskPlan.bind(List.of(column(typeOid, binary)), List.of(treatment), Types.builtIn(), KEY)
            .rowMasker();
    byte[] row = row(value);
    if (!masker.mask(row, 0, row.length)) {
      return value;
    }
    return values(masker.buffer(), masker.length()).get(0);
  }

  /** The body of a DataRow, with {@link #NULL} for NULL. */
  static byte[] row(byte[]... values) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeShort(values.length);
      for (byte[] value : values) {
        out.writeInt(value == NULL ? -1 : value.length);
        out.write(value);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of a DataRow's body. */
  static List<byte @Nullable []> values(byte[] row, int length) {
    List<byte @Nullable []> values = new ArrayList<>();
    int at = 2;
    for (int i = Wire.getShort(row, 0); i > 0; i--) {
      int size = Wire.getInt(row, at);
      at += 4;
      values.add(size < 0 ? null : Arrays.copyOfRange(row, at, at + size));
      at += Math.max(0, size);
    }
    if (at != length) {
      throw new AssertionError("the row has " + (length - at) + " bytes too many");
    }
    return values;
  }
}
