package io.pgguard.session;

import io.pgguard.figures.EffectCount;
import io.pgguard.figures.EffectCount.Next;
import io.pgguard.figures.PlannerFigures;
import io.pgguard.judge.Counting;
import io.pgguard.judge.Forecast;
import io.pgguard.judge.PlannerQuestion;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.policy.Decision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run: has the planner asked before it where the policy goes by what that expects, has
 * its effect counted, and lets it last only where the policy allows what it did. Used by the
 * session's thread.
 */
final class Effect implements Watch {
  private final LiveRun run;
  private final boolean inTransaction;
  private final EffectRuling ruling;
  private final List<String> first;

  /** What the planner's answer decides; null where it was asked, or need not be. */
  private @Nullable Forecast forecast;

  private @Nullable Counting counting;
  private @Nullable EffectCount count;
  private @Nullable Outcome outcome;
  private boolean begun;

  Effect(LiveRun run, StatementAnalysis part, boolean inTransaction, EffectRuling ruling) {
    this.run = run;
    this.inTransaction = inTransaction;
    this.ruling = ruling;
    this.forecast = part.forecast();
    String question = forecast == null ? null : PlannerQuestion.of(part.facts());
    this.first = question == null ? List.of() : List.of(question);
    counts(part.counting());
  }

  private void counts(@Nullable Counting by) {
    counting = by;
    count = by == null ? null : new EffectCount(by, inTransaction);
  }

  @Override
  public Optional<String> planning() {
    Counting by = counting == null && forecast != null ? forecast.counting() : counting;
    return by != null && by.scope().planned()
        ? Optional.of(EffectCount.planning())
        : Optional.empty();
  }

  @Override
  public Optional<Refusal> planned(Row before, Row after) {
    return EffectCount.unchanged(before.values(), after.values())
        ? Optional.empty()
        : Optional.of(ruling.planned(run));
  }

  /** Whether it was asked for any question. */
  boolean begun() {
    return begun;
  }

  @Override
  public List<String> first() {
    begun = true;
    return forecast == null ? List.of() : first;
  }

  @Override
  public Awaited<Optional<Refusal>> admit(List<Row> answers) {
    Forecast asked = Objects.requireNonNull(forecast, "the planner was asked");
    forecast = null;
    Forecast.Known known =
        asked.with(PlannerFigures.of(answers.isEmpty() ? List.of() : answers.get(0).values()));
    counts(known.counting());
    return ruling.admit(run, known.decision());
  }

  @Override
  public boolean counts() {
    return counting != null;
  }

  private EffectCount count() {
    return Objects.requireNonNull(count, "its effect is counted");
  }

  @Override
  public List<String> before() {
    return count().before();
  }

  @Override
  public boolean atOnce() {
    EffectCount counted = count;
    return counted == null || counted.atOnce();
  }

  @Override
  public Step done(Outcome came) {
    outcome = came;
    return follow(count().done(came.tag(), values(came.before())));
  }

  @Override
  public Step answered(List<Row> answers) {
    return follow(count().answered(values(answers)));
  }

  private static List<List<@Nullable String>> values(List<Row> rows) {
    return rows.stream().map(Row::values).toList();
  }

  private Step follow(Next next) {
    if (next instanceof Next.Ask ask) {
      return new Step.Ask(ask.questions());
    }
    Next.Counted counted = (Next.Counted) next;
    Decision decision =
        Objects.requireNonNull(counting, "its effect is counted")
            .decide(counted.rows(), counted.sparesNone());
    return ruling.rule(run, decision, counted.rows(), outcome != null && outcome.repeatable());
  }

  /**
   * Where the planner does not answer, the statement would have failed likewise; what waited for
   * the end of the transaction may fail there by itself. Those are the statement's own errors.
   */
  @Override
  public ServerMessage unanswered(ServerMessage error) {
    if (forecast != null || count().setsOffTriggers()) {
      return run.failed(error.without('P'));
    }
    Refusal refusal = Answers.uncounted(error.field('C'));
    run.undone(refusal, OptionalLong.empty(), new Decision.Deny(List.of(Answers.UNCOUNTED)));
    return refusal.asServerMessage();
  }
}
