package io.pgguard.corpus;

import java.sql.SQLException;

/** Holds that a wire script which leaks directly does not leak through the proxy. */
final class WireJudge implements Judge {
  private final LeakJudge leaks;
  private final RedteamDatabase database;
  private final ProxyEdges proxies;

  WireJudge(LeakJudge leaks, RedteamDatabase database, ProxyEdges proxies) {
    this.leaks = leaks;
    this.database = database;
    this.proxies = proxies;
  }

  @Override
  public Verdict judge(CorpusLine line) throws SQLException {
    if (database.isForeignTo(line)) {
      return Verdict.foreign(line.id());
    }
    boolean seen = leaks.leak(proxies.direct(line.superuser()), line).isPresent();
    return leaks
        .leak(proxies.address(line.superuser()), line)
        .map(leak -> Verdict.failed(line.id(), leak + " <- " + line.node().path("wire")))
        .orElseGet(
            () ->
                seen
                    ? Verdict.passed(line.id())
                    : Verdict.skipped(line.id(), "shows no canary directly on this server"));
  }
}
