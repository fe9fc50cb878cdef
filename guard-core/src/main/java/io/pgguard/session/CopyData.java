package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.TextPlan;
import io.pgguard.recording.StatementRecorder;
import io.pgguard.result.CopyShaping;
import io.pgguard.session.StatementRun.CopyLook;
import io.pgguard.session.StatementRun.CopyShaped;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What becomes of the data of a COPY. Stateless. */
final class CopyData {
  private CopyData() {}

  /**
   * Data that the client sends: recorded, not changed, and looked at where it could hold masks.
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
    return looked instanceof CopyShaped.Withheld
        ? looked
        : new CopyShaped.Looked(
            new Recording(recorder, looked instanceof CopyShaped.Looked by ? by.look() : null));
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

  /** Records what comes before it is looked at, so that what is refused is there too. */
  private record Recording(StatementRecorder recorder, @Nullable CopyLook next)
      implements CopyLook {
    @Override
    public @Nullable Refusal data(byte[] data, int offset, int length) {
      recorder.received(data, offset, length);
      return next == null ? null : next.data(data, offset, length);
    }

    @Override
    public @Nullable Refusal end() {
      return next == null ? null : next.end();
    }
  }
}
