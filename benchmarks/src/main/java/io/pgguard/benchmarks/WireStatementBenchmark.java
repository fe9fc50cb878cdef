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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a point select take between two sockets, without them: messages read, judged, logged,
 * recorded and passed on in a thread that must not wait, against a server that is a table of
 * answers? What it takes is what the proxy takes above a bare relay.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar WireStatement -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class WireStatementBenchmark {
  private static final int TIMES = 10;

  private final BenchmarkDatabase database = BenchmarkDatabase.start();
  private final CannedServer server = new CannedServer(database);
  private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
  private final WireSession session =
      new WireSession(
          database.session(),
          WireLimits.DEFAULT,
          toClient::write,
          server::takes,
          () -> {
            throw new IllegalStateException("nothing is to be cancelled");
          });
  private final byte[] run = bytes(bind(), new Describe('P', ""), new Execute("", 0), new Sync());
  private int count;

  /** Opens a session and prepares what it runs. */
  public WireStatementBenchmark() {
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

  /** Closes the session and its database. */
  @TearDown
  public void close() {
    session.close();
    database.close();
  }

  /** Ten runs of a prepared statement. */
  @Benchmark
  public int tenPrepared() {
    int told = 0;
    for (int i = 0; i < TIMES; i++) {
      told += exchange(run);
    }
    return told;
  }

  /** Ten texts of the simple protocol that differ in a number. */
  @Benchmark
  public int tenSimple() {
    int told = 0;
    for (int i = 0; i < TIMES; i++) {
      String text = "SELECT city FROM customers WHERE id = " + ++count;
      told += exchange(new Query(text).toByteArray());
    }
    return told;
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
}
