package io.pgguard.result;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.ByteSink;
import io.pgguard.mask.CopyFormat;
import io.pgguard.mask.CopyMasker;
import io.pgguard.mask.LineMasker;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowGate;
import io.pgguard.recording.StatementRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides what is done with the lines of a COPY to the client. The server names no origins there,
 * so lineage alone vouches for columns. Used by one thread.
 */
public final class CopyShaping {
  private static final int TEXT = 25;

  private final StatementAnalysis analysis;
  private final ResultShaping shaping;

  public CopyShaping(StatementAnalysis analysis, ResultShaping shaping) {
    this.analysis = analysis;
    this.shaping = shaping;
  }

  /** How the lines are rewritten; empty where columns are protected and cannot be masked. */
  public Optional<LineMasker> bind(
      boolean binary,
      int columns,
      StatementRecorder recorder,
      Consumer<List<MaskedColumn>> masked) {
    List<ResultColumn> described = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      described.add(new ResultColumn("column " + (i + 1), 0, 0, TEXT, false));
    }
    MaskPlan plan = shaping.bind(described);
    masked.accept(shaping.masked());
    if (shaping.masked().isEmpty() && (binary || plan.passes())) {
      return Optional.of(new Relayed(recorder));
    }
    Optional<CopyFormat> format = binary ? Optional.empty() : CopyFormats.of(analysis.text());
    return format.map(one -> new Masked(plan.copyMasker(one, RowGate.OPEN), recorder));
  }

  /** Nothing is protected: recorded, not changed. */
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

  /** Whole lines go through the masks. */
  private static final class Masked implements LineMasker {
    private final CopyMasker lines;
    private final StatementRecorder recorder;
    private final ByteSink out = new ByteSink(8192);

    Masked(CopyMasker lines, StatementRecorder recorder) {
      this.lines = lines;
      this.recorder = recorder;
    }

    @Override
    public byte[] data(byte[] data, int offset, int length) {
      lines.accept(data, offset, length, out);
      return taken();
    }

    @Override
    public byte[] end() {
      lines.finish(out);
      return taken();
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
