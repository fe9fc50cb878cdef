package io.pgguard.result;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.ByteSink;
import io.pgguard.mask.CopyFormat;
import io.pgguard.mask.CopyMasker;
import io.pgguard.mask.LineMasker;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.recording.StatementRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides what is done with the rows of a COPY to the client. The server names neither origins nor
 * types there, so lineage alone vouches for columns. Used by one thread.
 */
public final class CopyShaping {
  private final StatementAnalysis analysis;
  private final ResultShaping shaping;
  private final RowBounds bounds;

  public CopyShaping(StatementAnalysis analysis, ResultShaping shaping, RowBounds bounds) {
    this.analysis = analysis;
    this.shaping = shaping;
    this.bounds = bounds;
  }

  /** What becomes of the rows. */
  public sealed interface Outcome {
    /** They go through this. */
    record Rows(LineMasker masker) implements Outcome {}

    /** Columns are protected, and this format cannot be masked. */
    record NotMasked() implements Outcome {}

    /** Rows are bounded, and those of this format cannot be told apart. */
    record NotCounted() implements Outcome {}
  }

  /** How the rows are rewritten. */
  public Outcome bind(
      boolean binary,
      int columns,
      StatementRecorder recorder,
      Consumer<List<MaskedColumn>> masked) {
    if (!binary && CopyFormats.isJson(analysis.text())) {
      MaskPlan plan = shaping.bindObjects();
      masked.accept(shaping.masked());
      return new Outcome.Rows(new Masked(plan.jsonCopyMasker(bounds), bounds, recorder));
    }
    List<ResultColumn> described = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      described.add(
          new ResultColumn("column " + (i + 1), 0, 0, shaping.typeOf(i, columns), binary));
    }
    MaskPlan plan = shaping.bind(described);
    masked.accept(shaping.masked());
    if (plan.passes() && !bounds.isBounded()) {
      return new Outcome.Rows(new Relayed(recorder));
    }
    boolean hides = shaping.hides();
    if (binary) {
      return hides
          ? new Outcome.NotMasked()
          : new Outcome.Rows(new Masked(plan.binaryCopyMasker(bounds), bounds, recorder));
    }
    Optional<CopyFormat> format = CopyFormats.of(analysis.text());
    if (format.isEmpty()) {
      return plan.passes() ? new Outcome.NotCounted() : new Outcome.NotMasked();
    }
    if (shaping.hasPseudonyms() && !format.get().tellsNulls()) {
      return new Outcome.NotMasked(); // NULL would get the pseudonym of a text that the agent chose
    }
    return new Outcome.Rows(new Masked(plan.copyMasker(format.get(), bounds), bounds, recorder));
  }

  /** Nothing is protected and nothing bounded: recorded, not changed. */
  private record Relayed(StatementRecorder recorder) implements LineMasker {
    @Override
    public byte[] data(byte[] data, int offset, int length) {
      recorder.data(data, offset, length);
      return java.util.Arrays.copyOfRange(data, offset, offset + length);
    }

    @Override
    public byte[] end() {
      return new byte[0];
    }
  }

  /** Whole rows go through the masks. */
  private static final class Masked implements LineMasker {
    private final CopyMasker rows;
    private final RowBounds bounds;
    private final StatementRecorder recorder;
    private final ByteSink out = new ByteSink(8192);

    Masked(CopyMasker rows, RowBounds bounds, StatementRecorder recorder) {
      this.rows = rows;
      this.bounds = bounds;
      this.recorder = recorder;
    }

    @Override
    public byte[] data(byte[] data, int offset, int length) {
      rows.accept(data, offset, length, out);
      return taken();
    }

    @Override
    public byte[] end() {
      rows.finish(out);
      return taken();
    }

    @Override
    public boolean over() {
      return bounds.over() != null;
    }

    private byte[] taken() {
      byte[] seen = java.util.Arrays.copyOf(out.array(), out.length());
      out.clear();
      if (seen.length > 0) {
        recorder.data(seen, 0, seen.length);
      }
      return seen;
    }
  }
}
