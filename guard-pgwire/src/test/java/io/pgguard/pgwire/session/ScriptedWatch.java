package io.pgguard.pgwire.session;

import io.pgguard.session.Awaited;
import io.pgguard.session.Refusal;
import io.pgguard.session.Ruling;
import io.pgguard.session.ServerMessage;
import io.pgguard.session.Watch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A watch of {@link ScriptedGuard}: asks before and after, and undoes what the test names. */
final class ScriptedWatch implements Watch {
  private final ScriptedGuard guard;
  private final ScriptedRun run;
  private @Nullable Outcome outcome;

  ScriptedWatch(ScriptedGuard guard, ScriptedRun run) {
    this.guard = guard;
    this.run = run;
  }

  @Override
  public Optional<String> planning() {
    return Optional.ofNullable(guard.planning);
  }

  @Override
  public Optional<Refusal> planned(Row before, Row after) {
    if (!guard.plannedAway.test(run.text())) {
      return Optional.empty();
    }
    run.undone();
    return Optional.of(ScriptedGuard.refusal("planned"));
  }

  @Override
  public List<String> first() {
    return guard.first;
  }

  @Override
  public List<String> before() {
    return guard.before;
  }

  @Override
  public Step done(Outcome came) {
    outcome = came;
    guard.events.add("done " + came.tag() + " " + told(came.before()) + " <- " + run.text());
    return guard.after.isEmpty() ? end() : new Step.Ask(guard.after);
  }

  @Override
  public Step answered(List<Row> answers) {
    guard.events.add("answered " + told(answers));
    return end();
  }

  private Step end() {
    if (!guard.over.test(run.text())) {
      return new Step.Pass();
    }
    run.undone();
    Awaited<Ruling> again = guard.again;
    return new Step.Undo(
        outcome != null && outcome.repeatable() && again != null
            ? again
            : Awaited.now(new Ruling.Refused(ScriptedGuard.refusal("over"))));
  }

  @Override
  public ServerMessage unanswered(ServerMessage error) {
    run.undone();
    return ScriptedGuard.refusal("not counted").asServerMessage();
  }

  private static String told(List<Row> rows) {
    return rows.stream().map(row -> String.join(",", row.values())).toList().toString();
  }
}
