package io.pgguard.session;

import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.approval.Approvals;
import io.pgguard.identity.Principal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session asks people about while it waits for them. Only this is taken back when its client
 * gives up: what was asked before and still waits may be approved, and run by the next session.
 * Thread-safe.
 */
final class AskedRequests {
  private static final Logger LOG = LoggerFactory.getLogger(AskedRequests.class);

  private final Approvals approvals;
  private final String session;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  /**
   * @param session the id of the session
   */
  AskedRequests(Approvals approvals, String session) {
    this.approvals = approvals;
    this.session = session;
  }

  /** It is asked about from now on. */
  void asks(String id) {
    ids.add(id);
  }

  /** Nobody waits for it any more. */
  void over(String id) {
    ids.remove(id);
  }

  /** Returns when people have decided, the time is over, or nobody can tell: what follows asks. */
  void await(String id, Duration atMost) {
    try {
      LOG.debug("request {} is {}", id, approvals.await(id, atMost));
    } catch (ApprovalStoreException e) {
      LOG.warn("request {}: {}", id, e.getMessage());
    } finally {
      over(id);
    }
  }

  /** Takes back what was asked by this session itself. */
  void takeBack(Principal asker, String why) {
    for (String id : ids) {
      boolean own =
          approvals.find(id).map(one -> one.request().session().equals(session)).orElse(false);
      if (own) {
        LOG.debug("request {} is taken back: {}", id, approvals.refuse(id, asker, why));
      }
    }
  }
}
