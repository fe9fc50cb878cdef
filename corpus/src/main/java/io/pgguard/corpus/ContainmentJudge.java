package io.pgguard.corpus;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Holds that a line which leaks directly does not leak through Guard. One thread at a time. */
final class ContainmentJudge implements Judge {
  private final LeakJudge leaks;
  private final RedteamDatabase database;
  private final Edge direct;
  private final Edge guarded;
  private final Map<String, Optional<String>> seenDirectly = new ConcurrentHashMap<>();

  ContainmentJudge(LeakJudge leaks, RedteamDatabase database, Edge direct, Edge guarded) {
    this.leaks = leaks;
    this.database = database;
    this.direct = direct;
    this.guarded = guarded;
  }

  /**
   * Whether the judge sees the leak where nothing guards: it must, or its silence would mean
   * nothing.
   */
  Verdict judgeDirectly(CorpusLine line) throws SQLException {
    if (!LineRun.expressible(line)) {
      return Verdict.skipped(line.id(), "waits for the proxy");
    }
    if (database.isForeignTo(line)) {
      return Verdict.foreign(line.id());
    }
    Optional<String> leak = leaks.firstLeak(direct, line);
    seenDirectly.put(line.id(), leak);
    return leak.isPresent()
        ? Verdict.passed(line.id())
        : Verdict.failed(line.id(), "not seen " + Answer.oneLine(line.sql().toString(), 200));
  }

  @Override
  public Verdict judge(CorpusLine line) throws SQLException {
    if (!seenDirectly.containsKey(line.id())) {
      Verdict verdict = judgeDirectly(line);
      if (verdict.outcome() == Verdict.Outcome.SKIPPED) {
        return verdict;
      }
    }
    Optional<String> leak = leaks.firstLeak(guarded, line);
    if (leak.isPresent()) {
      return Verdict.failed(
          line.id(), leak.get() + " <- " + Answer.oneLine(line.sql().toString(), 300));
    }
    return seenDirectly.getOrDefault(line.id(), Optional.empty()).isPresent()
        ? Verdict.passed(line.id())
        : Verdict.skipped(line.id(), "shows no canary directly on this server");
  }
}
