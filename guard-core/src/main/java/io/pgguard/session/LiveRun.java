package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.audit.ResponseTrace;
import io.pgguard.audit.StatementEvent.StatementAbandoned;
import io.pgguard.audit.StatementEvent.StatementCompleted;
import io.pgguard.audit.StatementEvent.StatementFailed;
import io.pgguard.audit.StatementEvent.StatementShaped;
import io.pgguard.audit.StatementEvent.StatementStopped;
import io.pgguard.audit.StatementEvent.StatementUndone;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.LineMasker;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.recording.StatementRecorder;
import io.pgguard.result.CopyShaping;
import io.pgguard.result.ResultShaping;
import io.pgguard.result.RowBounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One statement on its way: shapes its result, counts and records its rows, and says how it ended.
 */
final class LiveRun implements StatementRun {
  private final LiveSession session;
  private final long number;
  private final int index;
  private final StatementRecorder recorder;
  private final long startedNanos;
  private final Standing standing;
  private RowBounds bounds;
  private @Nullable Watching watching;
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
    this.startedNanos = System.nanoTime();
    this.standing = new Standing(session.currency(), number, index);
    this.bounds = session.underWay().bounds(part, plan.perspective().policy());
  }

  /** Its number in the session. */
  long number() {
    return number;
  }

  /** Makes what watches it, by what is known of its text; null where nothing has to. */
  interface Watching {
    @Nullable Effect of(TextPlan text);
  }

  /** What is known of its effect decides whether that lasts. */
  void watched(Watching by) {
    watching = by;
    watch = by.of(plan);
  }

  /** Its text was read anew: it is watched by that, unless it has begun to run. */
  private void watchedAnew() {
    if (watching != null && (watch == null || !watch.begun())) {
      watch = watching.of(plan);
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
    return plan.parts().size() == 1
        ? new Piece(plan.sent(), 0)
        : new Piece(plan.parts().get(index).sent(), plan.offset(index));
  }

  /** It ran, and what it did is undone. */
  void undone(Refusal refusal, OptionalLong changed, Decision decision) {
    ended = true;
    ResponseTrace trace = recorder.failed(refusal.asServerMessage().fields());
    session.log(
        new StatementUndone(
            session.id(),
            number,
            session.now(),
            changed.isPresent() ? changed.getAsLong() : null,
            outcome(decision),
            decision.verdicts()));
    logFailed(trace, refusal);
  }

  /** It did not run, because of what the planner expects. */
  void stopped(Refusal refusal, Decision decision) {
    ended = true;
    ResponseTrace trace = recorder.failed(refusal.asServerMessage().fields());
    session.log(
        new StatementStopped(
            session.id(), number, session.now(), outcome(decision), decision.verdicts()));
    logFailed(trace, refusal);
  }

  /** What it did, or is expected to, is allowed; its rows are bounded by that decision. */
  void decided(Decision decision) {
    bounds =
        session
            .underWay()
            .bounds(plan.parts().get(index).deciding(decision), plan.perspective().policy());
  }

  private static Verdict.Outcome outcome(Decision decision) {
    return decision instanceof Decision.Deny ? Verdict.Outcome.DENY : Verdict.Outcome.APPROVE;
  }

  private void logFailed(ResponseTrace trace, Refusal refusal) {
    session.log(
        new StatementFailed(
            session.id(),
            number,
            session.now(),
            trace,
            System.nanoTime() - startedNanos,
            refusal.sqlState(),
            refusal.message()));
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
    ResultShaping shaping = session.results().shaping(analysis, number);
    MaskPlan masks = shaping.bind(columns);
    masked(shaping.masked());
    described = columns;
    recorder.columns(columns);
    return new Shaped.Rows(masks.rowMasker());
  }

  @Override
  public boolean row(byte[] body, int offset, int length) {
    if (!holds() || !bounds.row(body, offset, length)) {
      return false;
    }
    recorder.row(body, offset, length);
    return true;
  }

  /** Looks once, when the result begins, whether what was decided still holds. */
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

  /**
   * That there are no rows is as good as a row. What was not asked before it ran was looked at, and
   * cannot be called back.
   */
  @Override
  public Optional<Refusal> stands() {
    boolean brings =
        switch (analysis.facts().kind()) {
          case SELECT, EXPLAIN, FETCH, EXECUTE -> true;
          default -> standing.asked();
        };
    return ended || !brings || holds() ? Optional.empty() : Optional.ofNullable(standing.changed());
  }

  @Override
  public boolean isCurrent() {
    return ended || session.underWay().isInForce(plan.perspective().policy());
  }

  @Override
  public Optional<Refusal> renew() {
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
    if (over == null) {
      throw new IllegalStateException("no limit was reached");
    }
    return Answers.over(over, Recheck.changesRows(analysis));
  }

  @Override
  public CopyShaped copy(boolean toClient, boolean binary, int columns) {
    if (!toClient) {
      return new CopyShaped.Data(new Unchanged(recorder));
    }
    Refusal changed = holds() ? null : standing.changed();
    if (changed != null) {
      return new CopyShaped.Withheld(changed);
    }
    copying = true;
    CopyShaping.Outcome outcome =
        session
            .results()
            .copyShaping(analysis, number, bounds)
            .bind(binary, columns, recorder, this::masked);
    if (outcome instanceof CopyShaping.Outcome.Rows rows) {
      return new CopyShaped.Data(rows.masker());
    }
    return new CopyShaped.Withheld(
        outcome instanceof CopyShaping.Outcome.NotMasked
            ? Answers.copyCannotBeMasked(binary)
            : Answers.copyCannotBeCounted());
  }

  /** The log knows of the masks before the first row goes out. */
  private void masked(List<MaskedColumn> columns) {
    if (!columns.isEmpty() && !columns.equals(masked)) {
      session.log(new StatementShaped(session.id(), number, session.now(), columns));
    }
    masked = columns;
  }

  /** Data that the client sends: recorded, not changed. */
  private record Unchanged(StatementRecorder recorder) implements LineMasker {
    @Override
    public byte[] data(byte[] data, int offset, int length) {
      recorder.received(data, offset, length);
      return java.util.Arrays.copyOfRange(data, offset, offset + length);
    }

    @Override
    public byte[] end() {
      return new byte[0];
    }
  }

  @Override
  public ServerMessage notice(ServerMessage notice) {
    ServerMessage seen = seen(notice);
    recorder.notice(seen.fields());
    return seen;
  }

  @Override
  public ServerMessage failed(ServerMessage error) {
    ServerMessage seen = overLong(seen(error));
    if (ended) {
      return seen;
    }
    ended = true;
    ResponseTrace trace = recorder.failed(seen.fields());
    session.log(
        new StatementFailed(
            session.id(),
            number,
            session.now(),
            trace,
            System.nanoTime() - startedNanos,
            seen.field('C'),
            seen.field('M')));
    session.failed(analysis);
    return seen;
  }

  /** Says so where the policy's time ended the statement. */
  private ServerMessage overLong(ServerMessage error) {
    String why = session.overran(error.field('C'), System.nanoTime() - startedNanos).orElse(null);
    if (why == null) {
      return error;
    }
    Map<Character, String> fields = new LinkedHashMap<>(error.fields());
    fields.put('H', why);
    return new ServerMessage(fields);
  }

  private ServerMessage seen(ServerMessage message) {
    return session.seen(analysis, message);
  }

  @Override
  public void suspended() {
    // Rows so far are in the recording; the run goes on with the next Execute of its portal.
    session.touched(analysis);
  }

  @Override
  public String completed(String commandTag) {
    if (ended) {
      return commandTag;
    }
    ended = true;
    ResponseTrace trace = recorder.completed(commandTag);
    session.log(
        new StatementCompleted(
            session.id(),
            number,
            session.now(),
            trace,
            System.nanoTime() - startedNanos,
            commandTag,
            masked));
    session.completed(analysis, commandTag);
    return commandTag;
  }

  @Override
  public void abandoned(String why) {
    if (!ended) {
      ended = true;
      recorder.abandoned(why);
      session.log(new StatementAbandoned(session.id(), number, session.now(), why));
    }
  }
}
