package io.pgguard.jdbc.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes the sockets of one guarded connection and of its cancel requests. PgJDBC makes it by name
 * with a key from {@link GuardedConnections}. Thread-safe.
 */
public final class GuardedSocketFactory extends SocketFactory {
  private final ConnectionHooks hooks;

  /**
   * @throws IllegalArgumentException when the key was not given out, or was used before
   */
  public GuardedSocketFactory(String key) {
    this.hooks = PendingConnections.take(key);
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(hooks);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(localHost, localPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host.getHostAddress(), port, localHost, localPort);
  }
}
