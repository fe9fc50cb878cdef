package io.pgguard.mask;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done with each column of one result: bound once to the columns' types and formats, then
 * good for any number of rows and sessions. Immutable and thread-safe; the maskers that it makes
 * are not.
 */
public final class MaskPlan {
  /** OID of text. */
  private static final int TEXT = 25;

  private final List<ResultColumn> columns;
  private final List<ColumnTreatment> treatments;
  private final MaskBinding masks;
  private final ScanBinding scans;
  private final PartBinding parts;
  private final boolean passes;

  private MaskPlan(
      List<ResultColumn> columns,
      List<ColumnTreatment> treatments,
      MaskBinding masks,
      Types types) {
    this.columns = columns;
    this.treatments = treatments;
    this.masks = masks;
    this.scans = new ScanBinding(masks, types);
    this.parts = new PartBinding(masks, types);
    boolean none = true;
    for (ValueMasker masker : maskers()) {
      none &= masker == null;
    }
    this.passes = none;
  }

  /**
   * Binds treatments to columns.
   *
   * @param columns as the server describes them
   * @param treatments one for each column, in the same order
   * @param types what is known of types
   * @param key the key of hash masks; null where none is configured
   * @throws IllegalArgumentException when the lists differ in length, or a mask hashes and there is
   *     no key
   */
  public static MaskPlan bind(
      List<ResultColumn> columns,
      List<ColumnTreatment> treatments,
      Types types,
      @Nullable MaskKey key) {
    if (columns.size() != treatments.size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns cannot have " + treatments.size() + " treatments");
    }
    Objects.requireNonNull(types, "types");
    MaskBinding masks = new MaskBinding(types, key);
    return new MaskPlan(List.copyOf(columns), List.copyOf(treatments), masks, types);
  }

  /** Whether every value of every column passes unchanged. */
  public boolean passes() {
    return passes;
  }

  /** A new masker of DataRow bodies. */
  public RowMasker rowMasker() {
    return new RowRewriter(maskers());
  }

  /**
   * A new masker of COPY TO STDOUT data in text or csv format.
   *
   * @param gate what bounds its rows
   * @throws IllegalArgumentException when a column is described as binary: such data has no lines
   */
  public CopyMasker copyMasker(CopyFormat format, RowGate gate) {
    checkFormat(false);
    return new CopyLineMasker(format, maskers(), gate);
  }

  /**
   * A new masker of COPY TO STDOUT data in binary format.
   *
   * @param gate what bounds its rows
   * @throws IllegalArgumentException when a column is described as text
   */
  public CopyMasker binaryCopyMasker(RowGate gate) {
    checkFormat(true);
    return new CopyBinaryMasker(maskers(), gate);
  }

  /**
   * A new masker of COPY TO STDOUT data in json format, for a plan of one column: the objects that
   * the rows are.
   *
   * @param gate what bounds its rows
   * @throws IllegalArgumentException when there are other columns, or it is described as binary
   */
  public CopyMasker jsonCopyMasker(RowGate gate) {
    checkFormat(false);
    if (columns.size() != 1) {
      throw new IllegalArgumentException("a row of COPY in json format is one object");
    }
    return new JsonCopyMasker(maskers()[0], gate);
  }

  private void checkFormat(boolean binary) {
    for (ResultColumn column : columns) {
      if (column.binary() != binary) {
        throw new IllegalArgumentException(
            "COPY data is in one format, and its columns are described in another");
      }
    }
  }

  private @Nullable ValueMasker[] maskers() {
    @Nullable ValueMasker[] maskers = new ValueMasker[columns.size()];
    for (int i = 0; i < maskers.length; i++) {
      maskers[i] = masker(columns.get(i), treatments.get(i));
    }
    return maskers;
  }

  private @Nullable ValueMasker masker(ResultColumn column, ColumnTreatment treatment) {
    if (treatment instanceof ColumnTreatment.Apply apply) {
      return masks.bind(apply.mask(), column.typeOid(), column.binary());
    }
    if (treatment instanceof ColumnTreatment.Withhold) {
      return masks.withheld(column.typeOid(), column.binary());
    }
    if (treatment instanceof ColumnTreatment.Parts inParts) {
      ValueMasker masked = parts.bind(inParts.part(), column.typeOid(), column.binary());
      ValueMasker whole = masker(column, inParts.whole());
      return whole == null || masked.masksNulls() ? masked : new Chained(masked, whole);
    }
    if (treatment instanceof ColumnTreatment.Figures) {
      return column.typeOid() == TEXT
          ? FiguresMasker.INSTANCE
          : masks.withheld(column.typeOid(), column.binary());
    }
    return treatment instanceof ColumnTreatment.Scan scan
        ? scans.bind(scan, column.typeOid(), column.binary())
        : null;
  }
}
