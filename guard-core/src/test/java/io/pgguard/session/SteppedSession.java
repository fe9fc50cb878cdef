package io.pgguard.session;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.memory.SessionEffects;
import io.pgguard.memory.SessionMemory;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs texts one after the other in a session of its own, as a live one does but for the server;
 * made where its steps are counted. BEGIN opens a transaction, which COMMIT and ROLLBACK end.
 */
final class SteppedSession implements Consumer<List<String>>, AutoCloseable {
  private final PlannedDatabase planned;

  SteppedSession() throws Exception {
    this.planned = PlannedDatabase.small();
  }

  @Override
  public void accept(List<String> texts) {
    Database database = planned.database();
    SessionMemory memory = new SessionMemory("app", "public");
    SessionEffects effects = new SessionEffects(memory, database::catalog, () -> {});
    Vantage vantage =
        new Vantage(
            new SeenCatalog(database, memory),
            planned.perspective::policy,
            planned.perspective.principal(),
            new Around(new Surroundings("plans", Set.of(), "core", null), Instant::now),
            memory);
    boolean within = false;
    for (String text : texts) {
      TextPlan plan = database.plan(text, vantage.now(null));
      for (StatementAnalysis part : plan.parts()) {
        effects.completed(part, part.facts().kind().name());
      }
      String word = text.substring(0, Math.min(8, text.length())).toUpperCase(Locale.ROOT);
      within =
          word.startsWith("BEGIN")
              || (within && !word.startsWith("COMMIT") && !word.equals("ROLLBACK"));
      if (!within) {
        effects.outside();
      }
    }
  }

  @Override
  public void close() {
    planned.close();
  }
}
