package io.pgguard.proxy;

import io.pgguard.testkit.Damage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in front of a PostgreSQL and damages what it says in sessions once they have begun; not on
 * Guard's own connections.
 */
final class DamagingRelay implements AutoCloseable {
  private static final String OWN = "application_name\0guard\0";

  /** A server's messages that come often follow each other: so many are looked at together. */
  private static final int MOST_TOGETHER = 8;

  private final ServerSocket listening;
  private final String host;
  private final int port;
  private final AtomicLong seed;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  DamagingRelay(String host, int port, long seed) throws IOException {
    this.host = host;
    this.port = port;
    this.seed = new AtomicLong(seed);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(host, port)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      DataInputStream fromClient = new DataInputStream(client.getInputStream());
      byte[] startup = new byte[fromClient.readInt() - 4];
      fromClient.readFully(startup);
      ByteBuffer first = ByteBuffer.allocate(startup.length + 4);
      first.putInt(startup.length + 4).put(startup);
      server.getOutputStream().write(first.array());
      boolean own = new String(startup, StandardCharsets.UTF_8).contains(OWN);
      threads.execute(() -> relay(fromClient, server));
      if (own) {
        server.getInputStream().transferTo(client.getOutputStream());
      } else {
        damaged(new DataInputStream(server.getInputStream()), client.getOutputStream());
      }
    } catch (IOException e) {
      // one of the ends went, and with it the other
    }
  }

  private static void relay(InputStream from, Socket to) {
    try (to) {
      from.transferTo(to.getOutputStream());
    } catch (IOException e) {
      // as above
    }
  }

  /** The server's opening ends with its second ReadyForQuery: Guard asks who it is there. */
  private void damaged(DataInputStream from, OutputStream to) throws IOException {
    Random random = new Random(seed.getAndIncrement());
    Damage damage = new Damage(random);
    int readies = 0;
    while (true) {
      List<byte[]> messages = new ArrayList<>();
      do {
        byte[] message = message(from);
        readies += message[0] == 'Z' ? 1 : 0;
        messages.add(message);
      } while (readies > 2 && from.available() > 5 && messages.size() < MOST_TOGETHER);
      if (readies > 2 && random.nextInt(4) == 0) {
        damage.messages(messages, 1);
      }
      to.write(Damage.join(messages));
    }
  }

  private static byte[] message(DataInputStream from) throws IOException {
    int type = from.read();
    if (type < 0) {
      throw new EOFException("the server is gone");
    }
    int length = from.readInt();
    ByteBuffer message = ByteBuffer.allocate(length + 1).put((byte) type).putInt(length);
    from.readFully(message.array(), 5, length - 4);
    return message.array();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
