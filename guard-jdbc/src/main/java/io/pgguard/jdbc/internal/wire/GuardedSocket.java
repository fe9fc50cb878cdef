package io.pgguard.jdbc.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * The socket that PgJDBC holds. It connects and encrypts a real one underneath and hands out
 * streams that run through the guarded machine. Only what PgJDBC uses of a socket is offered.
 * Reading, writing and closing may happen in different threads.
 */
final class GuardedSocket extends Socket {
  private final ConnectionHooks hooks;
  private final Socket plain = new Socket();
  private Socket real = plain;
  private @Nullable GuardedLink link;

  GuardedSocket(ConnectionHooks hooks) {
    this.hooks = hooks;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress asked)) {
      throw new IOException("only TCP addresses can be guarded, not " + endpoint);
    }
    InetSocketAddress address =
        asked.isUnresolved()
            ? new InetSocketAddress(asked.getHostString(), asked.getPort())
            : asked;
    try {
      plain.connect(address, timeout);
      if (hooks.tls().mode() != ServerTls.Mode.DISABLE) {
        int before = plain.getSoTimeout();
        plain.setSoTimeout(timeout);
        real = TlsHandshake.over(plain, asked.getHostString(), asked.getPort(), hooks.tls());
        real.setSoTimeout(before);
      }
    } catch (IOException e) {
      plain.close();
      throw e;
    }
    link =
        new GuardedLink(
            hooks,
            new CancelByRequest(hooks, address),
            real.getInputStream(),
            real.getOutputStream());
  }

  private GuardedLink link() throws SocketException {
    GuardedLink open = link;
    if (open == null) {
      throw new SocketException("the socket is not connected");
    }
    return open;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    GuardedLink open = link();
    return new InputStream() {
      private final byte[] one = new byte[1];

      @Override
      public int read() throws IOException {
        return open.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return open.read(into, offset, length);
      }

      @Override
      public int available() throws IOException {
        return open.available();
      }

      @Override
      public void close() throws IOException {
        GuardedSocket.this.close();
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    GuardedLink open = link();
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        open.write(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        open.flush();
      }

      @Override
      public void close() throws IOException {
        GuardedSocket.this.close();
      }
    };
  }

  @Override
  public void close() throws IOException {
    try {
      real.close();
    } finally {
      GuardedLink open = link;
      if (open != null) {
        open.close();
      }
    }
  }

  @Override
  public void bind(SocketAddress local) throws IOException {
    plain.bind(local);
  }

  @Override
  public boolean isConnected() {
    return plain.isConnected();
  }

  @Override
  public boolean isBound() {
    return plain.isBound();
  }

  @Override
  public boolean isClosed() {
    return plain.isClosed();
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    return plain.getInetAddress();
  }

  @Override
  public int getPort() {
    return plain.getPort();
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    return plain.getRemoteSocketAddress();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    real.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return real.getSoTimeout();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    plain.setTcpNoDelay(on);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return plain.getTcpNoDelay();
  }

  @Override
  public void setKeepAlive(boolean on) throws SocketException {
    plain.setKeepAlive(on);
  }

  @Override
  public boolean getKeepAlive() throws SocketException {
    return plain.getKeepAlive();
  }

  @Override
  public void setReceiveBufferSize(int size) throws SocketException {
    plain.setReceiveBufferSize(size);
  }

  @Override
  public int getReceiveBufferSize() throws SocketException {
    return plain.getReceiveBufferSize();
  }

  @Override
  public void setSendBufferSize(int size) throws SocketException {
    plain.setSendBufferSize(size);
  }

  @Override
  public int getSendBufferSize() throws SocketException {
    return plain.getSendBufferSize();
  }
}
