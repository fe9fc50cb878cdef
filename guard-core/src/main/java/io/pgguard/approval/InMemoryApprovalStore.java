package io.pgguard.approval;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests in this process's memory; they are gone when it ends. Forgets the oldest that are
 * over when it holds too many. Thread-safe.
 */
public final class InMemoryApprovalStore implements ApprovalStore {
  /** How many requests are kept before those that are over are forgotten. */
  public static final int MOST_KEPT = 10_000;

  private final Map<String, ApprovalCase> byId = new LinkedHashMap<>();

  /** Those that are neither used nor refused, whatever the time is. */
  private final Map<String, ApprovalCase> unsettled = new LinkedHashMap<>();

  private final Map<StatementDigest, Deque<String>> byStatement = new HashMap<>();
  private final ApprovalSubscribers subscribers = new ApprovalSubscribers();

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
    return unsettled.values().stream().filter(one -> isLive(one, now)).toList();
  }

  private static boolean isLive(ApprovalCase one, Instant now) {
    ApprovalCase.Status status = one.status(now);
    return status == ApprovalCase.Status.PENDING || status == ApprovalCase.Status.GRANTED;
  }

  @Override
  public synchronized List<ApprovalCase> latest(@Nullable String before, int most) {
    List<ApprovalCase> all = new ArrayList<>(byId.values());
    Collections.reverse(all);
    if (before != null) {
      ApprovalCase last = byId.get(before);
      all = last == null ? List.of() : all.subList(all.indexOf(last) + 1, all.size());
    }
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  @Override
  public synchronized long waiting(String personKey, Instant now) {
    return unsettled.values().stream()
        .filter(one -> isLive(one, now) && one.request().personKey().equals(personKey))
        .count();
  }

  @Override
  public Optional<ApprovalCase> add(
      ApprovalCase opened, Predicate<ApprovalCase> stands, Runnable first) {
    Optional<ApprovalCase> before = addHere(opened, stands, first);
    if (before.isEmpty()) {
      subscribers.tell(opened.request().id());
    }
    return before;
  }

  private synchronized Optional<ApprovalCase> addHere(
      ApprovalCase opened, Predicate<ApprovalCase> stands, Runnable first) {
    Optional<ApprovalCase> before =
        forStatement(opened.request().digest()).stream().filter(stands).findFirst();
    if (before.isPresent()) {
      return before;
    }
    if (byId.containsKey(opened.request().id())) {
      throw new IllegalStateException("approval request id " + opened.request().id() + " is taken");
    }
    first.run();
    keep(opened);
    byStatement
        .computeIfAbsent(opened.request().digest(), digest -> new ArrayDeque<>())
        .addFirst(opened.request().id());
    forget(opened.request().createdAt());
    return Optional.empty();
  }

  private void forget(Instant now) {
    Iterator<ApprovalCase> oldest = byId.values().iterator();
    while (byId.size() > MOST_KEPT && oldest.hasNext()) {
      ApprovalCase one = oldest.next();
      if (!isLive(one, now) && one.request().isExpired(now)) {
        oldest.remove();
        unsettled.remove(one.request().id());
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
  public boolean replace(ApprovalCase next, Runnable first) {
    boolean replaced = replaceHere(next, first);
    if (replaced) {
      subscribers.tell(next.request().id());
    }
    return replaced;
  }

  private synchronized boolean replaceHere(ApprovalCase next, Runnable first) {
    ApprovalCase before = byId.get(next.request().id());
    if (before == null || before.version() + 1 != next.version()) {
      return false;
    }
    first.run();
    keep(next);
    return true;
  }

  private void keep(ApprovalCase one) {
    byId.put(one.request().id(), one);
    if (isLive(one, Instant.MIN)) {
      unsettled.put(one.request().id(), one);
    } else {
      unsettled.remove(one.request().id());
    }
  }

  @Override
  public Subscription subscribe(Subscriber subscriber) {
    return subscribers.add(subscriber);
  }

  @Override
  public void close() {
    subscribers.clear();
  }
}
