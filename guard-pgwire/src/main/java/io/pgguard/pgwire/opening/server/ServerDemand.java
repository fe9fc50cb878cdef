package io.pgguard.pgwire.opening.server;

import io.pgguard.session.ServerMessage;
import org.jspecify.annotations.Nullable;

/** What the server's opening needs next from whoever holds the connection. */
public sealed interface ServerDemand {

  /** More bytes from the server. */
  record MoreBytes() implements ServerDemand {}

  /** The server agreed to TLS: a handshake, then {@link ServerOpening#tlsStarted}. */
  record StartTls() implements ServerDemand {}

  /** The server waits for a text. */
  record Ready(ServerReady ready) implements ServerDemand {}

  /**
   * It is over and the connection is to be closed.
   *
   * @param reason for the log
   * @param said the server's own error, or null
   */
  record Failed(String reason, @Nullable ServerMessage said) implements ServerDemand {

    /** Whether the server did not take the credential. */
    public boolean credentialRefused() {
      return said != null && said.field('C').startsWith("28");
    }
  }
}
