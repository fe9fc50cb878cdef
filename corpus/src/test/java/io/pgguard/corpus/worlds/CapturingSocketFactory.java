package io.pgguard.corpus.worlds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets PgJDBC open and authenticate a connection whose socket is then used without PgJDBC. Per
 * thread.
 */
public final class CapturingSocketFactory extends SocketFactory {
  private static final ThreadLocal<@Nullable Socket> LAST = new ThreadLocal<>();

  /** The socket that this thread's last connection was opened with. */
  static Socket last() {
    Socket socket = LAST.get();
    if (socket == null) {
      throw new IllegalStateException("this thread has opened no connection");
    }
    LAST.remove();
    return socket;
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    LAST.set(socket);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new IOException("PgJDBC connects the socket itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new IOException("PgJDBC connects the socket itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw new IOException("PgJDBC connects the socket itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw new IOException("PgJDBC connects the socket itself");
  }
}
