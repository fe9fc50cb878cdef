package io.pgguard.approval;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Approvers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds statements until people have decided. Nobody approves their own request, one person counts
 * once, a refusal is final, an approval is good for one run, and expiry never moves. Thread-safe.
 */
public final class Approvals {
  /** How many requests of one principal may wait at a time. */
  public static final int MOST_WAITING = 100;

  /** How long a wait goes without a look: the store tells of changes, but nobody of a set clock. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final ApprovalStore store;
  private final InstantSource clock;
  private final ApprovalListener listener;
  private final SecureRandom random = new SecureRandom();
  private final Waits waits;

  /** Approvals in a store; the listener hears of every step before it takes effect. */
  public Approvals(ApprovalStore store, InstantSource clock, ApprovalListener listener) {
    this(store, clock, listener, System::nanoTime, LOOK);
  }

  /**
   * @param ticks nanoseconds that pass while somebody waits, whatever is done to the clock
   * @param look how long a wait goes without a look
   */
  Approvals(
      ApprovalStore store,
      InstantSource clock,
      ApprovalListener listener,
      LongSupplier ticks,
      Duration look) {
    this.store = Objects.requireNonNull(store, "store");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.waits = new Waits(store, clock, ticks, look);
  }

  /**
   * Asks for approval. The same statement, asked for while a request is waiting, granted or refused
   * and not expired, joins that request; its expiry does not move. One that was taken back by who
   * asked is over. A request that needs other approvers than the policy wants now is not joined.
   */
  public Opening open(ApprovalAsk ask) {
    Instant now = clock.instant();
    Optional<ApprovalCase> before =
        store.forStatement(ask.digest()).stream().filter(one -> stands(one, ask, now)).findFirst();
    if (before.isPresent()) {
      return joined(before.get(), ask, now);
    }
    ApprovalRequest request = request(ask, now);
    long waiting = store.waiting(request.personKey(), now);
    if (waiting >= MOST_WAITING) {
      return new Opening.Full(
          waiting
              + " requests of "
              + ask.principal().subject()
              + " are waiting for approval;"
              + " wait until some are answered or expire");
    }
    return store
        .add(
            ApprovalCase.opened(request),
            one -> stands(one, ask, now),
            () -> listener.happened(new ApprovalEvent.Opened(request, now)))
        .map(one -> joined(one, ask, now))
        .orElseGet(() -> new Opening.Opened(request));
  }

  private Opening joined(ApprovalCase before, ApprovalAsk ask, Instant now) {
    listener.happened(new ApprovalEvent.Joined(before.request().id(), ask.session(), now));
    return new Opening.Joined(before);
  }

  /** Whether a request for the same statement is the one to join. */
  private static boolean stands(ApprovalCase one, ApprovalAsk ask, Instant now) {
    ApprovalCase.Status status = one.status(now);
    return !one.request().isExpired(now)
        && status != ApprovalCase.Status.USED
        && status != ApprovalCase.Status.EXPIRED
        && !one.takenBack()
        && one.request().needed().equals(ask.decision().needed());
  }

  private ApprovalRequest request(ApprovalAsk ask, Instant now) {
    byte[] id = new byte[12];
    random.nextBytes(id);
    return new ApprovalRequest(
        "apr-" + HexFormat.of().formatHex(id),
        ask.session(),
        ask.principal(),
        ask.database(),
        ask.text(),
        ask.values(),
        ask.meaning(),
        ask.digest(),
        ask.decision().verdicts(),
        ask.decision().needed(),
        ask.intent(),
        now,
        now.plus(ask.decision().within()),
        ask.decision().useWithin());
  }

  /** Every request that waits for people, the oldest first. */
  public List<ApprovalCase> pending() {
    Instant now = clock.instant();
    return store.live(now).stream()
        .filter(one -> one.status(now) == ApprovalCase.Status.PENDING)
        .toList();
  }

  /**
   * Requests whatever became of them, the latest first: a page of history.
   *
   * @param before the id of the last one of the page before, or null for the first page
   * @param most how many at most, at least 1
   */
  public List<ApprovalCase> latest(@Nullable String before, int most) {
    return store.latest(before, most);
  }

  /** Tells of every change to requests from now on, by whatever process, until it is closed. */
  public ApprovalStore.Subscription subscribe(ApprovalStore.Subscriber subscriber) {
    return store.subscribe(subscriber);
  }

  /** A request by its id, with what became of it. */
  public Optional<ApprovalCase> find(String id) {
    return store.find(id);
  }

  /** How a request stands now. */
  public Optional<ApprovalCase.Status> status(String id) {
    return store.find(id).map(one -> one.status(clock.instant()));
  }

  /** A person approves. */
  public Answer approve(String id, Principal by, @Nullable String comment) {
    while (true) {
      Instant now = clock.instant();
      ApprovalCase one = store.find(id).orElse(null);
      Answer.NotCounted problem = one == null ? unknown(id) : ApprovalRules.check(one, by, now);
      if (one == null || problem != null) {
        return notCounted(id, by, Objects.requireNonNull(problem), now);
      }
      Vote vote = new Vote(by, comment, now);
      ApprovalCase next = one.approved(vote);
      ApprovalGrant grant = next.grant();
      if (replace(next, new ApprovalEvent.Approved(id, vote, grant != null, now))) {
        return grant != null
            ? new Answer.Granted(grant)
            : new Answer.Counted(
                one.request(),
                ApproverCount.of(one.request().needed(), next.approvals()).missing());
      }
    }
  }

  private boolean replace(ApprovalCase next, ApprovalEvent event) {
    return store.replace(next, () -> listener.happened(event));
  }

  /**
   * A person refuses, for good; also a request that is granted and not yet used. Who may approve
   * may refuse, and who asked may take it back.
   */
  public Answer refuse(String id, Principal by, @Nullable String reason) {
    while (true) {
      Instant now = clock.instant();
      ApprovalCase one = store.find(id).orElse(null);
      Answer.NotCounted problem =
          one == null ? unknown(id) : ApprovalRules.checkRefusal(one, by, now);
      if (one == null || problem != null) {
        return notCounted(id, by, Objects.requireNonNull(problem), now);
      }
      Vote vote = new Vote(by, reason, now);
      if (replace(one.refused(vote), new ApprovalEvent.Refused(id, vote, now))) {
        return new Answer.Refused(one.request());
      }
    }
  }

  /**
   * A person revokes: a request that waits or is granted is refused, and what runs on a used
   * approval is broken off. Who may approve may revoke, and who asked.
   */
  public Answer revoke(String id, Principal by, @Nullable String reason) {
    while (true) {
      Instant now = clock.instant();
      ApprovalCase one = store.find(id).orElse(null);
      if (one == null || one.status(now) != ApprovalCase.Status.USED) {
        return refuse(id, by, reason);
      }
      Answer.NotCounted problem = ApprovalRules.checkRevocation(one, by);
      if (problem != null) {
        return notCounted(id, by, problem, now);
      }
      Vote vote = new Vote(by, reason, now);
      if (replace(one.revoked(vote), new ApprovalEvent.Revoked(id, vote, now))) {
        return new Answer.Revoked(one.request());
      }
    }
  }

  private static Answer.NotCounted unknown(String id) {
    return new Answer.NotCounted(
        Answer.Reason.UNKNOWN_REQUEST, "there is no approval request " + id);
  }

  private Answer notCounted(String id, Principal by, Answer.NotCounted problem, Instant now) {
    listener.happened(
        new ApprovalEvent.NotCounted(id, by, problem.reason(), problem.message(), now));
    return problem;
  }

  /**
   * Waits until a request is no longer pending, but not longer than this. Returns early, with the
   * interrupt kept, when the thread is interrupted.
   *
   * @return how it then stands; empty where there is no such request
   */
  public Optional<ApprovalCase.Status> await(String id, Duration atMost) {
    return waits.await(id, atMost);
  }

  /**
   * Tells, once, that somebody has revoked a used approval, until it is closed: what runs on it is
   * to be broken off.
   *
   * @param told hears who revoked it, in a thread of Guard's own or in this one
   */
  public ApprovalStore.Subscription whileRunning(String id, Consumer<Vote> told) {
    return new RevocationWatch(store, id, told).start();
  }

  /**
   * Uses the approval of a statement, if there is one: exactly one caller gets it. Call it right
   * before the statement runs; expiry counts at this moment.
   *
   * @param digest the statement, as it is about to run
   * @param needed who must have approved, by the decision that was just made; an approval by others
   *     does not count
   * @param session the id of the session that runs it
   * @param statement its number there
   */
  public Redemption redeem(
      StatementDigest digest, List<Approvers> needed, String session, long statement) {
    while (true) {
      Instant now = clock.instant();
      ApprovalCase one =
          store.forStatement(digest).stream()
              .filter(c -> c.request().needed().equals(needed))
              .findFirst()
              .orElse(null);
      if (one == null) {
        return new Redemption.None();
      }
      ApprovalGrant grant = one.grant();
      Vote refusal = one.refusal();
      switch (one.status(now)) {
        case PENDING:
          return new Redemption.Pending(one.request());
        case EXPIRED:
          return new Redemption.Expired(one.request(), one.endsAt());
        case USED:
          return new Redemption.None();
        case REFUSED:
          return one.request().isExpired(now) || refusal == null || one.takenBack()
              ? new Redemption.None()
              : new Redemption.Refused(one.request(), refusal);
        case GRANTED:
          if (grant != null
              && replace(
                  one.used(now),
                  new ApprovalEvent.Redeemed(one.request().id(), grant, session, statement, now))) {
            return new Redemption.Redeemed(grant, one.request());
          }
      }
    }
  }
}
