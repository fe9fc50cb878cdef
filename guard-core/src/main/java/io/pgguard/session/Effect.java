package io.pgguard.session;

import io.pgguard.figures.EffectCount;
import io.pgguard.figures.EffectCount.Next;
import io.pgguard.judge.Counting;
import io.pgguard.policy.Decision;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Watches one run: has its effect counted, and lets it last only where the policy allows what it
 * did. Used by the session's thread.
 */
final class Effect implements Watch {
  private final LiveRun run;
  private final Counting counting;
  private final EffectCount count;
  private final EffectRuling ruling;
  private @Nullable Outcome outcome;

  Effect(LiveRun run, Counting counting, boolean inTransaction, EffectRuling ruling) {
    this.run = run;
    this.counting = counting;
    this.count = new EffectCount(counting, inTransaction);
    this.ruling = ruling;
  }

  @Override
  public List<String> before() {
    return count.before();
  }

  @Override
  public boolean atOnce() {
    return count.atOnce();
  }

  @Override
  public Step done(Outcome came) {
    outcome = came;
    return follow(count.done(came.tag(), values(came.before())));
  }

  @Override
  public Step answered(List<Row> answers) {
    return follow(count.answered(values(answers)));
  }

  private static List<List<@Nullable String>> values(List<Row> rows) {
    return rows.stream().map(Row::values).toList();
  }

  private Step follow(Next next) {
    if (next instanceof Next.Ask ask) {
      return new Step.Ask(ask.questions());
    }
    Next.Counted counted = (Next.Counted) next;
    Decision decision = counting.decide(counted.rows(), counted.sparesNone());
    return ruling.rule(run, decision, counted.rows(), outcome != null && outcome.repeatable());
  }

  /** What waited for the end of the transaction may fail there by itself: that is its own error. */
  @Override
  public ServerMessage unanswered(ServerMessage error) {
    if (count.setsOffTriggers()) {
      return run.failed(error);
    }
    Refusal refusal = Answers.uncounted(error.field('C'));
    run.undone(refusal, OptionalLong.empty(), new Decision.Deny(List.of(Answers.UNCOUNTED)));
    return refusal.asServerMessage();
  }
}
