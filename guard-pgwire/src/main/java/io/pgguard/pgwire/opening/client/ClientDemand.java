package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.StartupMessage;

/** What the client's opening needs next from whoever holds the connection. */
public sealed interface ClientDemand {

  /** More bytes from the client. */
  record MoreBytes() implements ClientDemand {}

  /** The client was promised TLS: its next bytes are a handshake, and nothing else is read. */
  record StartTls() implements ClientDemand {}

  /** The connection is for this request only and is closed without an answer. */
  record Cancel(CancelRequest request) implements ClientDemand {}

  /** The client has said who it is: {@link ClientOpening#login} says how it shows that. */
  record ChooseLogin(StartupMessage startup) implements ClientDemand {}

  /**
   * The client gave evidence that is to be checked: {@link ClientOpening#accept} or {@link
   * ClientOpening#refuse}.
   */
  record Verify(Evidence evidence) implements ClientDemand {}

  /** The client has shown who it is and has been told. */
  record LetIn() implements ClientDemand {}

  /**
   * It is over: what was written is to be flushed and the connection closed.
   *
   * @param reason for the log, never for the client
   */
  record Close(String reason) implements ClientDemand {}
}
