package io.pgguard.mask;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Masks the fields of a row in its binary format: a 32-bit count, then for each field the OID of
 * its type, its length and its bytes (source file rowtypes.c, record_send). What does not have as
 * many fields as was said becomes NULL.
 */
final class RecordBinary implements ValueMasker {
  private final List<Part> fields;
  private final PartBinding binding;
  private final Map<Long, Optional<ValueMasker>> known = new HashMap<>();

  RecordBinary(List<Part> fields, PartBinding binding) {
    this.fields = List.copyOf(fields);
    this.binding = binding;
  }

  @Override
  public int mask(byte[] in, int offset, int length, ByteSink out) {
    if (!ScanRecord.isRecord(in, offset, length) || Wire.getInt(in, offset) != fields.size()) {
      return NULL;
    }
    out.append(in, offset, 4);
    int at = offset + 4;
    for (int i = 0; i < fields.size(); i++) {
      int type = Wire.getInt(in, at);
      int size = Wire.getInt(in, at + 4);
      int header = out.length() + 4;
      out.append(in, at, 8);
      at += 8;
      ValueMasker field = of(i, type);
      boolean masks = field != null && (size >= 0 || field.masksNulls());
      int result = masks && field != null ? field.mask(in, at, Math.max(0, size), out) : UNCHANGED;
      if (result == UNCHANGED) {
        out.append(in, at, Math.max(0, size));
      } else {
        out.setInt(header, result == NULL ? -1 : out.length() - header - 4);
      }
      at += Math.max(0, size);
    }
    return APPENDED;
  }

  private @Nullable ValueMasker of(int index, int typeOid) {
    long key = (long) index << 32 | typeOid & 0xffffffffL;
    return known
        .computeIfAbsent(
            key, k -> Optional.ofNullable(binding.record(fields.get(index), typeOid, true)))
        .orElse(null);
  }
}
