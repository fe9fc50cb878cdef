package io.pgguard.pgwire.session;

import io.pgguard.mask.LineMasker;
import io.pgguard.mask.ResultColumn;
import io.pgguard.mask.RowMasker;
import io.pgguard.session.Refusal;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.StatementRun;
import io.pgguard.session.StatementRun.Shaped;
import io.pgguard.session.Watch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What comes back for one run: its layout, its masks, and whether it has ended. */
final class Flow {
  private final StatementRun run;
  private boolean shaped;
  private boolean ended;
  private boolean completed;
  private List<ResultColumn> described = List.of();
  private @Nullable RowMasker masker;
  private @Nullable LineMasker lines;
  private StatementRun.@Nullable CopyLook look;
  private @Nullable Refusal withheld;
  private boolean settled;
  private boolean asked;

  /** What its run says, until that is judged anew; null while it was not asked. */
  private @Nullable Boolean leavesPrepared;

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

  /** Whether it leaves what is prepared in the session as it is. */
  boolean leavesPrepared() {
    Boolean known = leavesPrepared;
    if (known == null) {
      known = run.leavesPrepared();
      leavesPrepared = known;
    }
    return known;
  }

  /** Nothing more has to be asked about it. */
  void settle() {
    settled = true;
  }

  /** Its effect is undone; whoever watched it has ended the run. */
  void undone() {
    ended = true;
  }

  /** Whether the catalog's state is to be asked before it runs; true once. */
  boolean asks() {
    if (asked || ended || !run.asks()) {
      return false;
    }
    asked = true;
    return true;
  }

  /** The question was lost. */
  void unasked() {
    asked = false;
  }

  boolean shaped() {
    return shaped;
  }

  boolean ended() {
    return ended;
  }

  /** Whether it has ended without running to its end: nothing of it may run any more. */
  boolean broken() {
    return ended && !completed;
  }

  /** How many columns a row has. */
  int columns() {
    return described.size();
  }

  /** How rows are rewritten; null when no row may come. */
  @Nullable RowMasker masker() {
    return ended ? null : masker;
  }

  /** How lines of a COPY to the client are rewritten; null when none may come. */
  @Nullable LineMasker lines() {
    return ended ? null : lines;
  }

  /** What looks at the data of a COPY from the client; null where nothing does. */
  StatementRun.@Nullable CopyLook look() {
    return look;
  }

  /** The data of a COPY from the client is looked at. */
  void looks(StatementRun.CopyLook at) {
    look = at;
  }

  /** Why no row of it may be relayed, or null. */
  @Nullable Refusal withheld() {
    return withheld;
  }

  void shape(List<ResultColumn> columns) {
    if (ended) {
      return;
    }
    described = columns;
    shape();
  }

  private void shape() {
    masker = null;
    withheld = null;
    leavesPrepared = null;
    Shaped outcome = run.shape(described);
    if (outcome instanceof Shaped.Rows rows) {
      masker = rows.masker();
    } else if (outcome instanceof Shaped.Withheld refused) {
      withheld = refused.refusal();
    }
    shaped = true;
  }

  /**
   * Judges the run anew where policy or catalog have changed; rows to come are shaped by that.
   *
   * @return why it may not go on; empty where it may
   */
  Optional<Refusal> renew() {
    if (ended) {
      return Optional.empty();
    }
    leavesPrepared = null;
    Optional<Refusal> refusal = run.renew();
    if (refusal.isPresent()) {
      masker = null;
      withheld = refusal.get();
    } else if (masker != null) {
      shape();
      return Optional.ofNullable(withheld);
    }
    return refusal;
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
    completed = true;
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
