package io.pgguard.mask;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches the fields of a composite value in its binary format: a 32-bit count, then for each
 * field the OID of its type, its length and its bytes (source file rowtypes.c, record_send). What
 * is not built so is searched as bytes.
 */
final class ScanRecord implements ValueMasker {
  private static final int MOST_FIELDS = 1664; // MaxTupleAttributeNumber

  private final ScanBinding binding;
  private final ColumnTreatment.Scan scan;
  private final ValueMasker otherwise;
  private final Map<Integer, Optional<ValueMasker>> byType = new HashMap<>();

  ScanRecord(ScanBinding binding, ColumnTreatment.Scan scan, ValueMasker otherwise) {
    this.binding = binding;
    this.scan = scan;
    this.otherwise = otherwise;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (!isRecord(in, offset, length)) {
      return otherwise.mask(in, offset, length, out);
    }
    int start = out.length();
    boolean changed = false;
    int at = offset + 4;
    out.append(in, offset, 4);
    for (int i = Wire.getInt(in, offset); i > 0; i--) {
      int size = Wire.getInt(in, at + 4);
      int header = out.length() + 4;
      out.append(in, at, 8);
      ValueMasker field = size < 0 ? null : of(Wire.getInt(in, at));
      at += 8;
      int result = field == null ? UNCHANGED : field.mask(in, at, size, out);
      if (result == UNCHANGED) {
        out.append(in, at, Math.max(0, size));
      } else {
        changed = true;
        out.setInt(header, result == NULL ? -1 : out.length() - header - 4);
      }
      at += Math.max(0, size);
    }
    if (!changed) {
      out.truncate(start);
      return UNCHANGED;
    }
    return APPENDED;
  }

  private @Nullable ValueMasker of(int typeOid) {
    return byType
        .computeIfAbsent(typeOid, oid -> Optional.ofNullable(binding.bind(scan, oid, true)))
        .orElse(null);
  }

  static boolean isRecord(byte[] in, int offset, int length) {
    int end = offset + length;
    int fields = length < 4 ? -1 : Wire.getInt(in, offset);
    if (fields < 0 || fields > MOST_FIELDS) {
      return false;
    }
    int at = offset + 4;
    for (int i = 0; i < fields; i++) {
      int size = end - at < 8 ? Integer.MIN_VALUE : Wire.getInt(in, at + 4);
      at += 8;
      if (size < -1 || size > end - at) {
        return false;
      }
      at += Math.max(0, size);
    }
    return at == end;
  }
}
