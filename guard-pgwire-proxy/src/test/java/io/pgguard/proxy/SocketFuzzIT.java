package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.pgguard.pgwire.message.Sync;
import io.pgguard.pgwire.message.Terminate;
import io.pgguard.testkit.Damage;
import io.pgguard.testkit.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged streams through the proxy's sockets, of clients and of the database: each connection
 * comes to its end, nothing protected is passed on, nothing refused has run, no buffer is lost and
 * no backend stays.
 */
class SocketFuzzIT {
  private static final int STREAMS = Integer.getInteger("guard.fuzz.sockets", 60);
  private static final int CLIENTS = 8;
  private static final String PROTECTED = "901-02-";

  @TempDir static Path directory;
  private static GuardedProxy guarded;
  private static DamagingRelay relay;
  private static long seed;

  @BeforeAll
  static void start() throws SQLException, IOException {
    seed = Long.getLong("guard.fuzz.seed", new Random().nextLong());
    System.out.println("SocketFuzzIT seed " + seed + ", " + STREAMS + " streams");
    TestPostgres postgres = TestPostgres.shared();
    relay = new DamagingRelay(postgres.host(), postgres.port(), seed);
    guarded = new GuardedProxy("fuzzed", directory, "");
    LeakWatch.everyBuffer();
  }

  @AfterAll
  static void stop() throws SQLException, IOException {
    guarded.close();
    relay.close();
  }

  @Test
  void damagedStreams_comeToTheirEndAndShowNothing() throws Exception {
    run(STREAMS / 2, "client", SocketFuzzIT::client);
    TestPostgres postgres = TestPostgres.shared();
    guarded.replaced(
        "[\"" + postgres.host() + ":" + postgres.port() + "\"]",
        "[\"127.0.0.1:" + relay.port() + "\"]");
    run(STREAMS - STREAMS / 2, "server", SocketFuzzIT::server);
    guarded.awaitBackends(0, "application_name LIKE 'guard:%'");
    try (Connection direct = guarded.direct();
        ResultSet left =
            direct.createStatement().executeQuery("SELECT count(*), min(id) FROM customers")) {
      left.next();
      assertEquals(50, left.getInt(1), "nothing refused has run");
      assertEquals(1, left.getInt(2));
    }
    guarded.stopProxy();
    LogLook.oneEndEach(guarded);
    assertEquals(List.of(), LeakWatch.found());
  }

  /** One connection with a seed of its own. */
  private interface Stream {
    void run(long seed) throws Exception;
  }

  private static void run(int count, String end, Stream stream) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(
            clients.submit(
                () -> {
                  for (int at = next.getAndIncrement(); at < count; at = next.getAndIncrement()) {
                    try {
                      stream.run(seed + at);
                    } catch (Exception | AssertionError e) {
                      throw new AssertionError("damaged " + end + ", seed " + (seed + at), e);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static void client(long seed) throws IOException {
    Random random = new Random(seed);
    Damage damage = new Damage(random);
    List<byte[]> messages = SocketStreams.next(random);
    damage.messages(messages, random.nextInt(4));
    boolean whole = random.nextBoolean();
    if (whole) { // to read all of the answer, the stream has to end as streams do
      messages.replaceAll(SocketFuzzIT::framed);
    }
    try (RawWire client = RawWire.ready(guarded.port())) {
      send(client, messages, random);
      if (!whole) {
        client.socket().shutdownOutput();
      }
      assertFalse(read(client).contains(PROTECTED), "a protected value was shown");
    }
  }

  /** A message whose length says what it has. */
  private static byte[] framed(byte[] message) {
    if (message.length < 5) {
      return new Sync().toByteArray();
    }
    ByteBuffer.wrap(message).putInt(1, message.length - 1);
    return message;
  }

  private static void server(long seed) throws IOException {
    Random random = new Random(seed);
    try (RawWire client = RawWire.ready(guarded.port())) {
      send(client, SocketStreams.next(random), random);
      client.socket().shutdownOutput();
      String told = read(client);
      assertFalse(told.contains(PROTECTED), "a protected value was shown");
    }
  }

  private static void send(RawWire client, List<byte[]> messages, Random random)
      throws IOException {
    messages.add(new Sync().toByteArray());
    messages.add(new Terminate().toByteArray());
    byte[] stream = Damage.join(messages);
    try {
      for (int at = 0; at < stream.length; ) {
        int length = Math.min(1 + random.nextInt(400), stream.length - at);
        client.socket().getOutputStream().write(stream, at, length);
        at += length;
      }
    } catch (IOException e) {
      // the proxy has ended it: what it said is still to be read
    }
  }

  /** All that comes until the end. */
  private static String read(RawWire client) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      client.socket().getInputStream().transferTo(all);
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("the proxy holds the connection", e);
    } catch (IOException e) {
      // it was reset, as what was sent behind the end makes it
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }
}
