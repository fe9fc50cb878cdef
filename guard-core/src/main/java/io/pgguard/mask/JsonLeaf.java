package io.pgguard.mask;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Masks one scalar within a JSON text as the column that it came from is masked. Where JSON writes
 * a type otherwise than the column would be written, nothing of the value shows.
 */
final class JsonLeaf {
  private static final byte[] NULL_WORD = "null".getBytes(StandardCharsets.UTF_8);

  private final ValueMasker masker;
  private final ValueKind kind;
  private final ByteSink plain = new ByteSink(64);
  private final ByteSink masked = new ByteSink(64);

  private JsonLeaf(ValueMasker masker, ValueKind kind) {
    this.masker = masker;
    this.kind = kind;
  }

  /** The masker of a leaf; null where it passes. */
  static @Nullable JsonLeaf of(Part.Leaf leaf, MaskBinding masks, Types types) {
    if (leaf.treatment() instanceof ColumnTreatment.Pass) {
      return null;
    }
    int base = types.baseOf(leaf.typeOid());
    boolean unknown = leaf.typeOid() == ResultColumn.UNKNOWN_TYPE;
    boolean array = !unknown && types.elementOf(base) != 0;
    ValueKind kind = array ? ValueKind.OTHER : unknown ? ValueKind.TEXT : ValueKind.of(base);
    boolean applies = !unknown && leaf.treatment() instanceof ColumnTreatment.Apply;
    if (!applies || kind.json()) {
      // A json value may be the word null itself, so there NULL is masked too.
      Mask mask =
          kind.json()
                  && leaf.treatment() instanceof ColumnTreatment.Apply apply
                  && apply.mask() instanceof Mask.Null
              ? apply.mask()
              : new Mask.Redact();
      return new JsonLeaf(always(masks.scalar(mask, kind, false)), kind);
    }
    Mask mask = ((ColumnTreatment.Apply) leaf.treatment()).mask();
    masks.checkKey(mask);
    ValueMasker own = masks.scalar(mask, kind, false);
    boolean fixed = own instanceof FixedMasker;
    return new JsonLeaf(fixed || writtenAlike(kind) ? own : FixedMasker.ALWAYS_NULL, kind);
  }

  private static ValueMasker always(ValueMasker masker) {
    return masker instanceof FixedMasker fixed ? fixed.forNulls() : FixedMasker.ALWAYS_NULL;
  }

  /** Whether JSON holds the same text that the column gives, but for its quotes. */
  private static boolean writtenAlike(ValueKind kind) {
    return switch (kind) {
      case TEXT, PADDED_TEXT, NAME, INT2, INT4, INT8, NUMERIC, DATE, UUID, BYTEA -> true;
      default -> false;
    };
  }

  /** Copies the value at a place, masked; gives the index after it. */
  int copy(byte[] in, int at, int end, ByteSink out) {
    int after = JsonSpans.value(in, at, end);
    boolean isNull = JsonSpans.isNull(in, at, end);
    if (isNull && !masker.masksNulls()) {
      out.append(NULL_WORD);
      return after;
    }
    plain.clear();
    if (in[at] == '"') {
      JsonEscapes.appendPlain(in, at + 1, after - 1, plain);
    } else if (!isNull) {
      plain.append(in, at, after - at);
    }
    masked.clear();
    int result = masker.mask(plain.array(), 0, plain.length(), masked);
    if (result == ValueMasker.NULL) {
      out.append(NULL_WORD);
    } else if (result == ValueMasker.UNCHANGED) {
      out.append(in, at, after - at);
    } else {
      write(out);
    }
    return after;
  }

  private void write(ByteSink out) {
    switch (kind) {
      case JSON, JSONB -> out.append(masked.array(), 0, masked.length());
      case BOOLEAN -> out.append(masked.array()[0] == 't' ? "true" : "false");
      default -> {
        if (kind.number() && isNumber()) {
          out.append(masked.array(), 0, masked.length());
        } else {
          JsonEscapes.appendQuoted(masked.array(), masked.length(), out);
        }
      }
    }
  }

  /** Whether what was made is a number as JSON writes it. */
  private boolean isNumber() {
    return new String(masked.array(), 0, masked.length(), StandardCharsets.UTF_8)
        .matches("-?(0|[1-9]\\d*)(\\.\\d+)?");
  }
}
