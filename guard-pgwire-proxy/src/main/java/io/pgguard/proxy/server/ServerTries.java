package io.pgguard.proxy.server;

import io.pgguard.TargetSessionAttrs;
import io.pgguard.proxy.database.ServedDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which server of a database is tried next for one session. Not thread-safe. */
final class ServerTries {
  private final List<ServedDatabase.Server> servers;
  private final TargetSessionAttrs wanted;
  private int next;

  ServerTries(ServedDatabase database) {
    this.servers = database.servers();
    this.wanted = database.targetSessionAttrs();
  }

  /** The next one; empty where all of them have been tried. */
  Optional<ServedDatabase.Server> next() {
    int rounds = wanted == TargetSessionAttrs.PREFER_STANDBY ? 2 : 1;
    return next < rounds * servers.size()
        ? Optional.of(servers.get(next++ % servers.size()))
        : Optional.empty();
  }

  /** Whether the one that was tried last is of the kind that is wanted. */
  boolean fits(Map<String, String> parameters) {
    return next > servers.size() || wanted.fits(parameters);
  }
}
