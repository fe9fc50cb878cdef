package io.pgguard.session;

import java.time.Duration;

/**
 * How long a session waits for people before it answers with the request's id.
 *
 * @param outside outside a transaction
 * @param inTransaction at most so long while a transaction is open, whose locks others wait for
 */
public record Patience(Duration outside, Duration inTransaction) {
  /**
   * How long it waits now.
   *
   * @param open whether a transaction is open
   */
  Duration now(boolean open) {
    return open && inTransaction.compareTo(outside) < 0 ? inTransaction : outside;
  }
}
