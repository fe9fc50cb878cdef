package io.pgguard.approval;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps requests in this process's memory; they are gone when it ends. Forgets the oldest that are
 * over when it holds too many. Thread-safe.
 */
public final class InMemoryApprovalStore implements ApprovalStore {
  /** How many requests are kept before those that are over are forgotten. */
  public static final int MOST_KEPT = 10_000;

  private final Map<String, ApprovalCase> byId = new LinkedHashMap<>();
  private final Map<StatementDigest, Deque<String>> byStatement = new HashMap<>();

  @Override
  public synchronized Optional<ApprovalCase> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public synchronized List<ApprovalCase> forStatement(StatementDigest digest) {
    List<ApprovalCase> found = new ArrayList<>();
    for (String id : byStatement.getOrDefault(digest, new ArrayDeque<>())) {
      ApprovalCase one = byId.get(id);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  @Override
  public synchronized List<ApprovalCase> live(Instant now) {
    return byId.values().stream().filter(one -> isLive(one, now)).toList();
  }

  private static boolean isLive(ApprovalCase one, Instant now) {
    ApprovalCase.Status status = one.status(now);
    return status == ApprovalCase.Status.PENDING || status == ApprovalCase.Status.GRANTED;
  }

  @Override
  public synchronized boolean add(ApprovalCase opened) {
    if (byId.putIfAbsent(opened.request().id(), opened) != null) {
      return false;
    }
    byStatement
        .computeIfAbsent(opened.request().digest(), digest -> new ArrayDeque<>())
        .addFirst(opened.request().id());
    forget(opened.request().createdAt());
    return true;
  }

  private void forget(Instant now) {
    Iterator<ApprovalCase> oldest = byId.values().iterator();
    while (byId.size() > MOST_KEPT && oldest.hasNext()) {
      ApprovalCase one = oldest.next();
      if (!isLive(one, now) && one.request().isExpired(now)) {
        oldest.remove();
        Deque<String> ids = byStatement.get(one.request().digest());
        if (ids != null) {
          ids.remove(one.request().id());
          if (ids.isEmpty()) {
            byStatement.remove(one.request().digest());
          }
        }
      }
    }
  }

  @Override
  public synchronized boolean replace(ApprovalCase next) {
    ApprovalCase before = byId.get(next.request().id());
    if (before == null || before.version() + 1 != next.version()) {
      return false;
    }
    byId.put(next.request().id(), next);
    return true;
  }
}
