package io.pgguard.pgwire.opening.client;

import io.pgguard.wording.ConnectWording;
import io.pgguard.wording.Said;

/** One way for a client to prove who it is. Used for one connection, by one thread at a time. */
public interface Login {

  /** The first step. */
  LoginStep begin();

  /** The client's answer to the last question: the body of its message of type {@code p}. */
  LoginStep answer(byte[] body);

  /**
   * Somebody checked the evidence and does not take it.
   *
   * @param reason for the log
   */
  default LoginStep notTaken(String reason) {
    return new LoginStep.Failed(reason);
  }

  /** Whether its failure is that of somebody who tried, and not of somebody who asked how. */
  default boolean tried() {
    return true;
  }

  /** The one sentence for its failure, which tells nothing of why. */
  default Said failure(String user) {
    return ConnectWording.PASSWORD_NOT_TAKEN.say(user);
  }
}
