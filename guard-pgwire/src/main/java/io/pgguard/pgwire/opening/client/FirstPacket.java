package io.pgguard.pgwire.opening.client;

import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.GSSENCRequest;
import io.pgguard.pgwire.message.MalformedMessageException;
import io.pgguard.pgwire.message.MessageReader;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.pgwire.message.StartupMessage;

/** The packets without a type byte that a connection begins with. */
sealed interface FirstPacket {

  /** As PostgreSQL's own MAX_STARTUP_PACKET_LENGTH. */
  int MOST_BYTES = 10_000;

  record Tls() implements FirstPacket {}

  record Gss() implements FirstPacket {}

  record Cancel(CancelRequest request) implements FirstPacket {}

  record Startup(StartupMessage message) implements FirstPacket {}

  /** A protocol that nobody here speaks. */
  record Unknown(int code) implements FirstPacket {}

  /**
   * Reads a packet.
   *
   * @param bytes it begins with its length
   * @throws MalformedMessageException when it does not have its form
   */
  static FirstPacket read(byte[] bytes, int size) {
    MessageReader in = new MessageReader();
    int code = in.over("StartupMessage", bytes, 4, size - 4).int32();
    if (code == CancelRequest.CODE) {
      return new Cancel(CancelRequest.decode(in.over("CancelRequest", bytes, 4, size - 4)));
    }
    if (code == SSLRequest.CODE) {
      return new Tls();
    }
    if (code == GSSENCRequest.CODE) {
      return new Gss();
    }
    return code >>> 16 == 3
        ? new Startup(StartupMessage.decode(in.over("StartupMessage", bytes, 4, size - 4)))
        : new Unknown(code);
  }
}
