package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.judge.OutputTreatment;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.CopyFormat;
import io.pgguard.mask.CopyValues;
import io.pgguard.mask.Mask;
import io.pgguard.mask.MaskForm;
import io.pgguard.policy.Decision;
import io.pgguard.policy.MaskedWrites;
import io.pgguard.policy.Policy;
import io.pgguard.policy.Verdict;
import io.pgguard.result.CopyInput;
import io.pgguard.session.StatementRun.CopyShaped;
import io.pgguard.wording.SessionWording;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the data of a COPY from the client for masks that would be stored where the masked
 * values are. Used by a session's thread.
 */
final class MaskedCopy implements StatementRun.CopyLook {
  private final List<CopyInput.Target> targets;
  private final @Nullable Mask[] masks;
  private final boolean binary;
  private final Catalog catalog;
  private final CopyValues values;
  private final UnaryOperator<Refusal> stopped;
  private @Nullable Refusal found;

  private MaskedCopy(
      List<CopyInput.Target> targets,
      @Nullable Mask[] masks,
      boolean binary,
      Catalog catalog,
      @Nullable CopyFormat format,
      UnaryOperator<Refusal> stopped) {
    this.targets = targets;
    this.masks = masks;
    this.binary = binary;
    this.catalog = catalog;
    this.stopped = stopped;
    boolean[] wanted = new boolean[masks.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = masks[i] != null;
    }
    this.values =
        format == null
            ? CopyValues.binary(wanted, this::look)
            : CopyValues.lines(format, wanted, this::look);
  }

  /**
   * What becomes of the data.
   *
   * @param count of the columns that the server expects
   * @param stopped notes a refusal once the data has begun to come
   * @return null where no column is protected
   */
  static @Nullable CopyShaped of(
      StatementAnalysis analysis,
      Perspective perspective,
      boolean binary,
      int count,
      UnaryOperator<Refusal> stopped) {
    Catalog catalog = perspective.catalog();
    Policy policy = perspective.policy();
    if (policy.mode() == Policy.Mode.OBSERVE || policy.maskedWrites() == MaskedWrites.ALLOW) {
      return null;
    }
    List<CopyInput.Target> targets = CopyInput.targets(analysis, catalog);
    @Nullable Mask[] masks = new Mask[targets.size()];
    String first = null;
    for (int i = 0; i < masks.length; i++) {
      CopyInput.Target target = targets.get(i);
      masks[i] =
          analysis
              .protections()
              .of(target.relationOid(), target.column().number())
              .map(OutputTreatment::mask)
              .orElse(null);
      first = first == null && masks[i] != null ? target.target() : first;
    }
    if (first == null) {
      return null;
    }
    CopyFormat format = binary ? null : CopyInput.format(analysis).orElse(null);
    if (masks.length != count || !binary && format == null) {
      return new CopyShaped.Withheld(
          stopped.apply(Refusal.of(SessionWording.MASKED_COPY_NOT_READ.say(first))));
    }
    return new CopyShaped.Looked(new MaskedCopy(targets, masks, binary, catalog, format, stopped));
  }

  /** What the log says of a refusal. */
  static Decision decision(Refusal refusal) {
    return new Decision.Deny(
        List.of(new Verdict(MaskedWriteCheck.RULE, Verdict.Outcome.DENY, refusal.message(), null)));
  }

  private void look(int column, byte[] bytes, int length) {
    Mask mask = masks[column];
    if (found != null || mask == null) {
      return;
    }
    CopyInput.Target target = targets.get(column);
    ParameterValue value =
        new ParameterValue(target.column().typeOid(), binary, Arrays.copyOf(bytes, length));
    String text = ParameterText.of(value, catalog);
    if (text != null && MaskForm.fits(mask, text)) {
      found = stopped.apply(Refusal.of(SessionWording.MASKED_COPY.say(target.target())));
    }
  }

  @Override
  public @Nullable Refusal data(byte[] data, int offset, int length) {
    values.accept(data, offset, length);
    return found;
  }

  @Override
  public @Nullable Refusal end() {
    values.finish();
    return found;
  }
}
