package io.pgguard.approval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests and what became of them. It knows no rules; {@link Approvals} does. Must be
 * thread-safe, and where several processes share it, safe between them. What a method has returned
 * from is kept, whatever happens to this process.
 *
 * <p>Every method throws {@link ApprovalStoreException} where the store cannot be reached or read;
 * then nothing was changed, or, where the connection broke at the very end, perhaps all of it was.
 */
public interface ApprovalStore extends AutoCloseable {

  /** A request by its id. */
  Optional<ApprovalCase> find(String id);

  /** Every request for a statement that is still kept, the latest first. */
  List<ApprovalCase> forStatement(StatementDigest digest);

  /** Every request that is neither used nor refused nor expired, the oldest first. */
  List<ApprovalCase> live(Instant now);

  /**
   * Requests whatever became of them, the latest first: a page of history.
   *
   * @param before the id of the last one of the page before, or null for the first page; empty
   *     where it is not kept any more
   * @param most how many at most, at least 1
   */
  List<ApprovalCase> latest(@Nullable String before, int most);

  /** How many live requests a person has ({@link ApprovalRequest#personKey}). */
  long waiting(String personKey, Instant now);

  /**
   * Adds a new one, unless another one for the same statement stands in its way; of several that
   * try at the same time, one adds.
   *
   * @param stands whether a request for the same statement stands in the way
   * @param first runs before it lasts, and only where it will: when it throws, nothing is added
   * @return the latest that stands in the way; empty where it was added
   * @throws IllegalStateException where the id is taken
   */
  Optional<ApprovalCase> add(ApprovalCase opened, Predicate<ApprovalCase> stands, Runnable first);

  /**
   * Puts the next version of a request in the place of the one before; of several that try at the
   * same time, one does.
   *
   * @param first runs before it lasts, and only where it will: when it throws, nothing changes
   * @return false, and nothing changes, where the kept version is not the one before {@code next}
   */
  boolean replace(ApprovalCase next, Runnable first);

  /** Tells of every change from now on, by whatever process it is made, until it is closed. */
  Subscription subscribe(Subscriber subscriber);

  /** Ends subscriptions and gives back what it holds. Idempotent. */
  @Override
  void close();

  /** Hears that something has changed, in a thread of the store's or of who changed it. */
  @FunctionalInterface
  interface Subscriber {
    /**
     * A request has changed, or may have. Must neither wait nor throw.
     *
     * @param id which; null where any may have, after the store was out of reach for a while
     */
    void changed(@Nullable String id);
  }

  /** A wish to hear of changes. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
