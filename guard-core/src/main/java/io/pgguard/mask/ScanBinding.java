package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/** Chooses how a column of one type and format is searched, if it is. Thread-safe. */
final class ScanBinding {
  private final MaskBinding masks;
  private final Types types;

  ScanBinding(MaskBinding masks, Types types) {
    this.masks = masks;
    this.types = types;
  }

  /** The masker of a column; null when it is not searched. */
  @Nullable ValueMasker bind(ColumnTreatment.Scan scan, int typeOid, boolean binary) {
    int base = types.baseOf(typeOid);
    int element = types.elementOf(base);
    if (element == 0) {
      return scalar(scan, ValueKind.of(base), binary);
    }
    ValueMasker inner = scalar(scan, ValueKind.of(types.baseOf(element)), binary);
    if (inner == null) {
      return null;
    }
    return binary ? new ArrayBinary(inner) : new ArrayText(inner);
  }

  private @Nullable ValueMasker scalar(ColumnTreatment.Scan scan, ValueKind kind, boolean binary) {
    boolean everything = scan.scope() == ColumnTreatment.Scope.EVERYTHING;
    if (!kind.textual() && !everything) {
      return null;
    }
    Scanner scanner = new Scanner(scan.detectors());
    if (kind == ValueKind.OTHER) {
      return binary ? null : text(scan, scanner);
    }
    if (kind.textual()) {
      ScanText text = text(scan, scanner);
      ValueMasker whole =
          switch (kind) {
            case JSON, JSONB -> new ScanJson(text);
            case NAME -> new NameMasker(text);
            default -> text;
          };
      return binary && kind == ValueKind.JSONB
          ? new BinaryMasker(BinaryCodec.of(kind), whole, ValueMasker.UNCHANGED)
          : whole;
    }
    if (!kind.number()) {
      return null;
    }
    ValueMasker number = new ScanNumber(scanner);
    return binary ? new BinaryMasker(BinaryCodec.of(kind), number, ValueMasker.UNCHANGED) : number;
  }

  private ScanText text(ColumnTreatment.Scan scan, Scanner scanner) {
    masks.checkKey(scan.mask());
    return new ScanText(scanner, masks.scalar(scan.mask(), ValueKind.TEXT, false));
  }
}
