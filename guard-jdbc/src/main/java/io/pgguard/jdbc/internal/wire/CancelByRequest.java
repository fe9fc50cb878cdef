package io.pgguard.jdbc.internal.wire;

import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.session.Canceller;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels by a connection of its own (PostgreSQL documentation, "Canceling Requests in Progress").
 */
final class CancelByRequest implements Canceller {
  private static final Logger LOG = LoggerFactory.getLogger(CancelByRequest.class);
  private static final int TIMEOUT_MILLIS = 5_000;

  private final ConnectionHooks hooks;
  private final InetSocketAddress address;

  CancelByRequest(ConnectionHooks hooks, InetSocketAddress address) {
    this.hooks = hooks;
    this.address = address;
  }

  @Override
  public void cancel() {
    BackendKeyData key = hooks.key();
    if (key == null) {
      return;
    }
    try (Socket plain = new Socket()) {
      plain.connect(address, TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      Socket socket =
          hooks.tls().mode() == ServerTls.Mode.DISABLE
              ? plain
              : TlsHandshake.over(plain, address.getHostString(), address.getPort(), hooks.tls());
      socket
          .getOutputStream()
          .write(new CancelRequest(key.processId(), key.secretKey()).toByteArray());
      InputStream in = socket.getInputStream();
      while (in.read() >= 0) {
        // the server closes once it has passed the request on
      }
    } catch (IOException e) {
      LOG.warn("a result over its limit could not be cancelled; it is read to its end", e);
    }
  }
}
