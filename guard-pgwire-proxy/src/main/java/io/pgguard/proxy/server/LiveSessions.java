package io.pgguard.proxy.server;

import io.pgguard.audit.ApprovalEvent.ApprovalOpened;
import io.pgguard.audit.AuditEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that are open. Thread-safe. */
final class LiveSessions {
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final Map<String, Pair> byId = new ConcurrentHashMap<>();

  void add(Pair pair) {
    pairs.add(pair);
  }

  void named(String session, Pair pair) {
    byId.put(session, pair);
  }

  void remove(Pair pair, String session) {
    pairs.remove(pair);
    byId.remove(session);
  }

  Collection<Pair> all() {
    return List.copyOf(pairs);
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  private Optional<Pair> find(String session) {
    return Optional.ofNullable(byId.get(session));
  }

  /** Tells a client at once that its statement waits for people. */
  void heard(AuditEvent event) {
    if (event instanceof ApprovalOpened opened) {
      find(opened.session()).ifPresent(pair -> pair.tell(WaitNotice.of(opened)));
    }
  }
}
