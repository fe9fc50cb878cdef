package io.pgguard.pgwire.session;

import io.pgguard.mask.LineMasker;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import io.pgguard.pgwire.message.RowDescription.Field;
import io.pgguard.session.Refusal;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.StatementRun;
import io.pgguard.session.StatementRun.Shaped;
import io.pgguard.session.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What comes back for one run: its layout, its masks, and whether it has ended. */
final class Flow {
  private final StatementRun run;
  private boolean shaped;
  private boolean ended;
  private int columns;
  private @Nullable RowMasker masker;
  private @Nullable LineMasker lines;
  private @Nullable Refusal withheld;
  private boolean settled;

  Flow(StatementRun run) {
    this.run = run;
  }

  StatementRun run() {
    return run;
  }

  /** What must still be asked about it; null where nothing must. */
  @Nullable Watch watch() {
    return ended || settled ? null : run.watch();
  }

  /** Nothing more has to be asked about it. */
  void settle() {
    settled = true;
  }

  /** Its effect is undone; whoever watched it has ended the run. */
  void undone() {
    ended = true;
  }

  boolean shaped() {
    return shaped;
  }

  boolean ended() {
    return ended;
  }

  /** How many columns a row has. */
  int columns() {
    return columns;
  }

  /** How rows are rewritten; null when no row may come. */
  @Nullable RowMasker masker() {
    return ended ? null : masker;
  }

  /** How lines of a COPY to the client are rewritten; null when none may come. */
  @Nullable LineMasker lines() {
    return ended ? null : lines;
  }

  /** Why no row of it may be relayed, or null. */
  @Nullable Refusal withheld() {
    return withheld;
  }

  void shape(List<Field> fields, IntPredicate binary) {
    if (ended) {
      return;
    }
    masker = null;
    withheld = null;
    columns = fields.size();
    List<ResultColumn> described = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      Field field = fields.get(i);
      described.add(
          new ResultColumn(
              field.name(),
              field.relationOid(),
              field.attributeNumber(),
              field.typeOid(),
              binary.test(i)));
    }
    Shaped outcome = run.shape(described);
    if (outcome instanceof Shaped.Rows rows) {
      masker = rows.masker();
    } else if (outcome instanceof Shaped.Withheld refused) {
      withheld = refused.refusal();
    }
    shaped = true;
  }

  /** The server says that no rows come. */
  void noRows() {
    masker = null;
    shaped = true;
  }

  void copying(@Nullable LineMasker lineMasker) {
    lines = lineMasker;
  }

  String completed(String tag) {
    if (ended) {
      return tag; // a portal run again after its end: the server sends a tag and no rows
    }
    ended = true;
    return run.completed(tag);
  }

  /** Ends the run; empty after its end. */
  @Nullable ServerMessage failed(ServerMessage error) {
    if (ended) {
      return null;
    }
    ended = true;
    return run.failed(error);
  }

  void abandon(String why) {
    if (!ended) {
      ended = true;
      run.abandoned(why);
    }
  }
}
