package io.pgguard.corpus.random;

import io.pgguard.corpus.random.Tally.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs statements directly and guarded on two connections of its own and judges each. Not
 * thread-safe.
 */
final class Comparison implements AutoCloseable {
  private static final String CANCELED = "57014";
  private static final int WRITES_BETWEEN_VACUUMS = 100;
  private static final double COST_LIMIT = 1e7; // the corpus policy's limits.estimatedCost
  private static final Pattern COST = Pattern.compile("cost=[\\d.]+\\.\\.([\\d.]+)");

  private final CorpusDatabase database;
  private final Path home;
  private final CanaryTrie canaries;
  private final Tally tally;
  private final int shrunk;
  private final Connection direct;
  private Connection guarded;
  private int written;

  /** {@code shrunk} is how many failing statements of a kind are made shorter. */
  Comparison(CorpusDatabase database, Path home, CanaryTrie canaries, Tally tally, int shrunk)
      throws Exception {
    this.database = database;
    this.home = home;
    this.canaries = canaries;
    this.tally = tally;
    this.shrunk = shrunk;
    this.direct = database.direct();
    this.guarded = database.guarded(home);
  }

  void run(RandomStatement statement) throws Exception {
    boolean prepared = statement.number() % 3 == 0;
    Observation plain = Observation.of(direct, statement.sql(), statement.writes(), prepared);
    if (plain.state().equals(CANCELED)) {
      tally.add(statement, Outcome.UNSTABLE, plain);
      return;
    }
    Observation seen = guardedRun(statement, prepared);
    Outcome outcome = judge(statement, plain, seen);
    if ((outcome == Outcome.DIFFERENT || outcome == Outcome.WOLF_MASKED)
        && !stable(statement, prepared, plain)) {
      outcome = Outcome.UNSTABLE;
    } else if ((outcome == Outcome.DIFFERENT || outcome == Outcome.WOLF_REFUSED)
        && plannedCost(statement) > COST_LIMIT) {
      outcome = Outcome.OVER_LIMIT;
    }
    vacuum(statement);
    tally.add(statement, outcome, plain);
    report(statement, outcome, plain, seen);
  }

  /**
   * Undone writes leave dead rows behind, by which the planner would expect more rows than there
   * are.
   */
  private void vacuum(RandomStatement statement) throws SQLException {
    written += statement.writes() ? 1 : 0;
    if (written >= WRITES_BETWEEN_VACUUMS) {
      written = 0;
      direct.setAutoCommit(true);
      try (Statement command = direct.createStatement()) {
        command.execute("SET statement_timeout = 0"); // another worker's VACUUM may be in its way
        command.execute(
            "VACUUM public.orders, public.order_items, public.products, public.scratch, public.settings");
        command.execute(CorpusDatabase.TIME_LIMIT);
      }
    }
  }

  private double plannedCost(RandomStatement statement) throws SQLException {
    Observation plan = Observation.of(direct, "EXPLAIN " + statement.sql(), false, false);
    Matcher cost = COST.matcher(plan.rows().toString());
    return cost.find() ? Double.parseDouble(cost.group(1)) : 0;
  }

  private Observation guardedRun(RandomStatement statement, boolean prepared) throws Exception {
    if (guarded.isClosed()) {
      guarded = database.guarded(home);
    }
    return Observation.of(guarded, statement.sql(), statement.writes(), prepared);
  }

  /** Whether direct runs agree with each other, and a second guarded run with none of them. */
  private boolean stable(RandomStatement statement, boolean prepared, Observation plain)
      throws Exception {
    Observation again = Observation.of(direct, statement.sql(), statement.writes(), prepared);
    Observation seen = guardedRun(statement, prepared);
    Observation third = Observation.of(direct, statement.sql(), statement.writes(), prepared);
    return plain.difference(again).isEmpty()
        && again.difference(third).isEmpty()
        && !third.difference(seen).isEmpty();
  }

  private Outcome judge(RandomStatement statement, Observation plain, Observation seen) {
    if (!canaries.find(seen.texts()).isEmpty()) {
      return Outcome.LEAK;
    }
    if (plain.difference(seen).isEmpty()) {
      return Outcome.SAME;
    }
    if (statement.open()) {
      return Outcome.DIFFERENT;
    }
    boolean refused = seen.failed() && !seen.state().equals(plain.state());
    if (statement.near() && !plain.failed()) {
      return refused ? Outcome.WOLF_REFUSED : Outcome.WOLF_MASKED;
    }
    return refused ? Outcome.REFUSED : Outcome.MASKED;
  }

  private void report(
      RandomStatement statement, Outcome outcome, Observation plain, Observation seen)
      throws Exception {
    switch (outcome) {
      case LEAK -> tell(statement, outcome, canaries.find(seen.texts()));
      case DIFFERENT, WOLF_MASKED -> tell(statement, outcome, plain.difference(seen));
      case WOLF_REFUSED -> tell(statement, outcome, seen.error());
      default -> {}
    }
  }

  private void tell(RandomStatement statement, Outcome outcome, String why) throws Exception {
    String text = statement.sql();
    if (tally.wants(outcome, shrunk)) {
      text =
          Shrinker.shrink(text, shorter -> stillFails(statement, shorter, outcome, why))
              + "\n    of: "
              + text;
    }
    tally.tell(outcome, statement, why, text);
  }

  private boolean stillFails(RandomStatement statement, String sql, Outcome outcome, String why) {
    try {
      RandomStatement shorter =
          new RandomStatement(
              statement.number(),
              sql,
              statement.writes(),
              statement.guardedRelation(),
              statement.hotColumn());
      Observation plain = Observation.of(direct, sql, statement.writes(), false);
      if (plain.failed()) {
        return false;
      }
      Observation seen = guardedRun(shorter, false);
      if (judge(shorter, plain, seen) != outcome) {
        return false;
      }
      return outcome != Outcome.WOLF_REFUSED || seen.error().regionMatches(0, why, 0, 60);
    } catch (Exception e) {
      throw new IllegalStateException("a shortened statement could not be run: " + sql, e);
    }
  }

  @Override
  public void close() throws SQLException {
    try (direct) {
      guarded.close();
    }
  }
}
