package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.audit.StatementEvent.StatementShaped;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.ResultColumn;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Decision;
import io.pgguard.recording.StatementRecorder;
import io.pgguard.result.RowBounds;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One statement on its way: shapes its result, counts and records its rows, and says how it ended.
 */
final class LiveRun implements StatementRun {
  private final LiveSession session;
  private final long number;
  private final int index;
  private final StatementRecorder recorder;
  private final StatementEnding ending;
  private final Standing standing;
  private RowBounds bounds;
  private @Nullable Function<TextPlan, @Nullable Effect> watching;
  private @Nullable Effect watch;
  private TextPlan plan;
  private StatementAnalysis analysis;
  private List<MaskedColumn> masked = List.of();
  private List<ResultColumn> described = List.of();
  private boolean copying;
  private boolean ended;

  LiveRun(LiveSession session, long number, TextPlan plan, int index, StatementRecorder recorder) {
    this.session = session;
    this.number = number;
    this.index = index;
    this.plan = plan;
    StatementAnalysis part = plan.parts().get(index);
    this.analysis = session.underWay().asDeclared(part);
    this.recorder = recorder;
    this.ending = new StatementEnding(session, number, recorder);
    this.standing = new Standing(session.currency(), number, index);
    this.bounds = session.underWay().bounds(part, plan.perspective().policy());
  }

  /** Its number in the session. */
  long number() {
    return number;
  }

  /**
   * What is known of its effect decides whether that lasts.
   *
   * @param by makes what watches it, by what is known of its text; null where nothing has to
   */
  void watched(Function<TextPlan, @Nullable Effect> by) {
    watching = by;
    watch = by.apply(plan);
  }

  /** Its text was read anew: it is watched by that, unless it has begun to run. */
  private void watchedAnew() {
    if (watching != null && (watch == null || !watch.begun())) {
      watch = watching.apply(plan);
    }
  }

  @Override
  public @Nullable Watch watch() {
    return watch;
  }

  @Override
  public boolean isOf(String sent) {
    return plan.sent().equals(sent);
  }

  @Override
  public Piece piece() {
    boolean alone = plan.parts().size() == 1;
    String text = alone ? plan.sent() : plan.parts().get(index).sent();
    return new Piece(text, alone ? 0 : plan.offset(index));
  }

  /** It ran, and what it did is undone. */
  void undone(Refusal refusal, OptionalLong changed, Decision decision) {
    ended = true;
    ending.undone(refusal, changed, decision);
  }

  /** It did not run, because of what the planner expects. */
  void stopped(Refusal refusal, Decision decision) {
    ended = true;
    ending.stopped(refusal, decision);
  }

  /** What it did, or is expected to, is allowed; its rows are bounded by that decision. */
  void decided(Decision decision) {
    StatementAnalysis part = plan.parts().get(index).deciding(decision);
    bounds = session.underWay().bounds(part, plan.perspective().policy());
  }

  /** It is undone, or does not run, because the log takes nothing more. */
  void lost() {
    ended = true;
  }

  @Override
  public Shaped shape(List<ResultColumn> columns) {
    try {
      return shaped(columns);
    } catch (CatalogUnavailableException e) {
      return new Shaped.Withheld(Answers.noCatalog(e));
    }
  }

  private Shaped shaped(List<ResultColumn> columns) {
    TextPlan revised = session.currency().revised(plan, columns);
    if (revised != plan) {
      if (revised.denied()
          || revised.parts().size() != plan.parts().size()
          || !revised.sent().equals(plan.sent())) {
        return new Shaped.Withheld(
            revised.denied() ? Answers.denied(revised.parts()) : Refusal.CHANGED);
      }
      plan = revised;
      watchedAnew();
      StatementAnalysis part = revised.parts().get(index);
      analysis = standing.checked() ? analysis.underWay(part) : session.underWay().asDeclared(part);
    }
    KnownShapes.Shape shape = session.results().shape(analysis, columns, number);
    masked(shape.masked());
    described = columns;
    recorder.columns(columns);
    return new Shaped.Rows(shape.plan().rowMasker());
  }

  @Override
  public boolean row(byte[] body, int offset, int length) {
    boolean passes = holds() && bounds.row(body, offset, length);
    if (passes) {
      recorder.row(body, offset, length);
    }
    return passes;
  }

  private boolean holds() {
    return standing.holds(plan, analysis, described, masked);
  }

  @Override
  public boolean asks() {
    return !standing.asked()
        && Recheck.isPlain(analysis)
        && Recheck.matters(plan, plan.parts().get(index));
  }

  @Override
  public void told(Watch.Row answer) {
    standing.told(answer);
  }

  @Override
  public boolean leavesPrepared() {
    return Recheck.leavesPrepared(analysis);
  }

  @Override
  public boolean bounded() {
    return bounds.isBounded();
  }

  /** That there are no rows is as good as a row. What was only looked at before has run. */
  @Override
  public Optional<Refusal> stands() {
    return ended || !standing.asked() && !Recheck.bringsRows(analysis) || holds()
        ? Optional.empty()
        : Optional.ofNullable(standing.changed());
  }

  @Override
  public boolean isCurrent() {
    return ended || session.underWay().isInForce(plan.perspective().policy());
  }

  @Override
  public Optional<Refusal> renew() {
    Refusal over = ended ? null : session.asker().over(plan);
    if (over != null) {
      return Optional.of(over);
    }
    try {
      return ended || session.underWay().sees(plan.perspective()) ? Optional.empty() : judgeAnew();
    } catch (CatalogUnavailableException e) {
      return Optional.of(Answers.noCatalog(e));
    }
  }

  private Optional<Refusal> judgeAnew() {
    Renewal renewal = session.underWay().renewal(plan, index, analysis);
    if (renewal.refusal() != null) {
      return Optional.of(renewal.refusal());
    }
    boolean same =
        session.underWay().isInForce(plan.perspective().policy())
            && renewal.analysis().treatments().equals(analysis.treatments());
    plan = renewal.text();
    analysis = renewal.analysis();
    watchedAnew();
    // What masks lines of a COPY was bound to what its first line was: it cannot change on the way.
    return copying && !same ? Optional.of(Answers.policyChanged()) : Optional.empty();
  }

  @Override
  public Refusal overLimit() {
    RowBounds.Over over = bounds.over();
    Refusal changed = standing.changed();
    if (changed != null) {
      return changed;
    }
    return Answers.over(
        Objects.requireNonNull(over, "a limit was reached"), Recheck.changesRows(analysis));
  }

  @Override
  public CopyShaped copy(boolean toClient, boolean binary, int columns) {
    if (!toClient) {
      return CopyData.in(analysis, plan, binary, columns, recorder, this::stoppedCopy);
    }
    Refusal changed = holds() ? null : standing.changed();
    if (changed != null) {
      return new CopyShaped.Withheld(changed);
    }
    copying = true;
    var shaping = session.results().copyShaping(analysis, number, bounds);
    return CopyData.out(shaping, binary, columns, recorder, this::masked);
  }

  private Refusal stoppedCopy(Refusal refusal) {
    ended = true;
    return ending.stoppedCopy(refusal, analysis);
  }

  /** The log knows of the masks before the first row goes out. */
  private void masked(List<MaskedColumn> columns) {
    if (!columns.isEmpty() && !columns.equals(masked)) {
      session.log(new StatementShaped(session.id(), number, session.now(), columns));
    }
    masked = columns;
  }

  @Override
  public ServerMessage notice(ServerMessage notice) {
    ServerMessage seen = session.seen(analysis, notice);
    recorder.notice(seen.fields());
    return seen;
  }

  @Override
  public ServerMessage failed(ServerMessage error) {
    ServerMessage seen = ending.overLong(session.seen(analysis, error));
    if (ended) {
      return seen;
    }
    ended = true;
    ending.failed(seen);
    session.failed(analysis);
    return seen;
  }

  @Override
  public void suspended() {
    session.suspended(analysis);
  }

  @Override
  public String completed(String commandTag) {
    if (ended) {
      return commandTag;
    }
    ended = true;
    ending.completed(commandTag, masked);
    session.completed(analysis, commandTag);
    return commandTag;
  }

  @Override
  public void abandoned(String why) {
    if (!ended) {
      ended = true;
      ending.abandoned(why);
    }
  }
}
