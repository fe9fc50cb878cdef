package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.LineMasker;
import io.pgguard.plan.TextPlan;
import io.pgguard.recording.StatementRecorder;
import io.pgguard.result.CopyShaping;
import io.pgguard.session.StatementRun.CopyShaped;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What becomes of the data of a COPY. Stateless. */
final class CopyData {
  private CopyData() {}

  /**
   * Data that the client sends: not changed, and looked at where it could hold masks.
   *
   * @param stopped notes a refusal
   */
  static CopyShaped in(
      StatementAnalysis analysis,
      TextPlan plan,
      boolean binary,
      int columns,
      StatementRecorder recorder,
      UnaryOperator<Refusal> stopped) {
    CopyShaped looked = MaskedCopy.of(analysis, plan.perspective(), binary, columns, stopped);
    return looked == null ? new CopyShaped.Data(new Unchanged(recorder)) : looked;
  }

  /**
   * Data that the server sends.
   *
   * @param masked told which columns are masked, before anything goes out
   */
  static CopyShaped out(
      CopyShaping shaping,
      boolean binary,
      int columns,
      StatementRecorder recorder,
      Consumer<List<MaskedColumn>> masked) {
    CopyShaping.Outcome outcome = shaping.bind(binary, columns, recorder, masked);
    if (outcome instanceof CopyShaping.Outcome.Rows rows) {
      return new CopyShaped.Data(rows.masker());
    }
    return new CopyShaped.Withheld(
        outcome instanceof CopyShaping.Outcome.NotMasked
            ? Answers.copyCannotBeMasked(binary)
            : Answers.copyCannotBeCounted());
  }

  private record Unchanged(StatementRecorder recorder) implements LineMasker {
    @Override
    public byte[] data(byte[] data, int offset, int length) {
      recorder.received(data, offset, length);
      return Arrays.copyOfRange(data, offset, offset + length);
    }

    @Override
    public byte[] end() {
      return new byte[0];
    }
  }
}
