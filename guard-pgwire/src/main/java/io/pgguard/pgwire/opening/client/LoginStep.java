package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.message.Authentication;
import org.jspecify.annotations.Nullable;

/** Where a {@link Login} stands. */
public sealed interface LoginStep {

  /** The client is asked. */
  record Ask(Authentication message) implements LoginStep {}

  /** The evidence is complete and somebody else checks it. */
  record Check(Evidence evidence) implements LoginStep {}

  /**
   * The client has proved who it is.
   *
   * @param last what it is told before AuthenticationOk, or null
   */
  record Proved(@Nullable Authentication last) implements LoginStep {}

  /**
   * It has not.
   *
   * @param reason for the log, never for the client
   */
  record Failed(String reason) implements LoginStep {}
}
