package io.pgguard.benchmarks;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bind;
import io.pgguard.pgwire.message.Describe;
import io.pgguard.pgwire.message.Execute;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.Parse;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.session.WireSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The proxy's part of a point select without sockets: a guarded conversation in a thread that must
 * not wait, against a server that is a table of answers. Not thread-safe.
 */
final class WireExchange implements AutoCloseable {
  private final CannedServer server;
  private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
  private final WireSession session;
  private final byte[] run = bytes(bind(), new Describe('P', ""), new Execute("", 0), new Sync());
  private int count;

  /** Opens a session and prepares what it runs. */
  WireExchange(BenchmarkDatabase database) {
    server = new CannedServer(database);
    session =
        new WireSession(
            database.session(),
            WireLimits.DEFAULT,
            toClient::write,
            server::takes,
            () -> {
              throw new IllegalStateException("nothing is to be cancelled");
            });
    exchange(bytes(new Parse("s", "SELECT city FROM customers WHERE id = $1", new int[] {23})));
    exchange(bytes(new Sync()));
  }

  private static Bind bind() {
    byte[][] values = {"7".getBytes(StandardCharsets.US_ASCII)};
    return new Bind("", "s", new short[0], values, new short[0]);
  }

  private static byte[] bytes(Message... messages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Message message : messages) {
      all.writeBytes(message.toByteArray());
    }
    return all.toByteArray();
  }

  /** Runs a prepared statement once; how many bytes the client was told. */
  int prepared() {
    return exchange(run);
  }

  /** Runs a text of the simple protocol that differs from the one before in a number. */
  int simple() {
    String text = "SELECT city FROM customers WHERE id = " + ++count;
    return exchange(new Query(text).toByteArray());
  }

  /** Sends what the client says and all that the server answers; how much the client was told. */
  private int exchange(byte[] messages) {
    try {
      boolean whole = session.clientAtOnce(messages, 0, messages.length);
      while (true) {
        if (!whole) {
          session.rest(); // as a worker would
        }
        byte[] answers = server.answers();
        if (answers.length == 0) {
          break;
        }
        whole = session.serverAtOnce(answers, 0, answers.length);
      }
      if (session.closed()) {
        throw new IllegalStateException(toClient.toString(StandardCharsets.UTF_8));
      }
      int told = toClient.size();
      toClient.reset();
      return told;
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written anywhere", e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
