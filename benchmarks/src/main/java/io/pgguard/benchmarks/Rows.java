package io.pgguard.benchmarks;

import io.pgguard.mask.ByteSink;
import io.pgguard.mask.ColumnTreatment;
import io.pgguard.mask.MaskKey;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import io.pgguard.mask.Types;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows of text columns, and maskers for them. Stateless. */
final class Rows {
  private static final int TEXT = 25;
  private static final MaskKey KEY =
      MaskKey.of("a key for measurements only".getBytes(StandardCharsets.UTF_8));

  private Rows() {}

  /** The body of a DataRow. */
  static byte[] of(String... values) {
    ByteSink row = new ByteSink(64);
    row.appendShort(values.length);
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      row.appendInt(bytes.length);
      row.append(bytes);
    }
    return row.toBytes();
  }

  /** A masker of text columns, one for each treatment. */
  static RowMasker masker(ColumnTreatment... treatments) {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < treatments.length; i++) {
      columns.add(new ResultColumn("c" + i, 0, 0, TEXT, false));
    }
    return MaskPlan.bind(columns, List.of(treatments), Types.builtIn(), KEY).rowMasker();
  }
}
