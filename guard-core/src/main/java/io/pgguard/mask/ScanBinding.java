package io.pgguard.mask;

import org.jspecify.annotations.Nullable;

/** Chooses how a column of one type and format is searched, if it is. Thread-safe. */
final class ScanBinding {
  private static final int UNKNOWN = ResultColumn.UNKNOWN_TYPE;

  private final MaskBinding masks;
  private final Types types;

  ScanBinding(MaskBinding masks, Types types) {
    this.masks = masks;
    this.types = types;
  }

  /** The masker of a column; null when it is not searched. */
  @Nullable ValueMasker bind(ColumnTreatment.Scan scan, int typeOid, boolean binary) {
    if (typeOid == UNKNOWN) {
      return new ScanUnknown(this, scan);
    }
    int base = types.baseOf(typeOid);
    int element = types.elementOf(base);
    return element == 0 ? scalar(scan, ValueKind.of(base), binary) : array(scan, element, binary);
  }

  private @Nullable ValueMasker array(ColumnTreatment.Scan scan, int element, boolean binary) {
    ValueMasker inner = scalar(scan, ValueKind.of(types.baseOf(element)), binary);
    if (inner == null) {
      return null;
    }
    return binary ? new ArrayBinary(inner) : new ArrayText(inner);
  }

  private @Nullable ValueMasker scalar(ColumnTreatment.Scan scan, ValueKind kind, boolean binary) {
    Scanner scanner = new Scanner(scan.detectors());
    if (kind == ValueKind.OTHER) {
      return binary ? new ScanRecord(this, scan, new ScanBytes(scanner)) : text(scan, scanner);
    }
    if (kind.textual()) {
      return textual(scan, kind, binary);
    }
    if (!kind.number() || scan.scope() != ColumnTreatment.Scope.EVERYTHING) {
      return null;
    }
    ValueMasker number = new ScanNumber(scanner);
    return binary ? new BinaryMasker(BinaryCodec.of(kind), number, ValueMasker.UNCHANGED) : number;
  }

  /** The search of a kind of texts. */
  ValueMasker textual(ColumnTreatment.Scan scan, ValueKind kind, boolean binary) {
    ScanText text = text(scan, new Scanner(scan.detectors()));
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

  private ScanText text(ColumnTreatment.Scan scan, Scanner scanner) {
    masks.checkKey(scan.mask());
    return new ScanText(scanner, masks.scalar(scan.mask(), ValueKind.TEXT, false));
  }
}
