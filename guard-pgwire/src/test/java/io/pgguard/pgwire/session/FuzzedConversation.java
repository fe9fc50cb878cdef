package io.pgguard.pgwire.session;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.Message;
import io.pgguard.testkit.Damage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One conversation of which one end's stream is damaged, and what must hold of it. */
final class FuzzedConversation {
  /** What one conversation takes at most, in writes of the machine; its streams are short. */
  private static final int MOST_WRITES = 2_000;

  private static final byte[] SECRET = StandInResults.SECRET.getBytes(StandardCharsets.UTF_8);
  private static final String ENDS = "Guard ends the connection";
  private static final String BUG = "it failed; its log";

  /** Whether all that goes in and out is printed, to look at a single stream. */
  private static final boolean TOLD = Boolean.getBoolean("guard.fuzz.told");

  private final Random random;
  private final Damage damage;
  private final boolean damagesServer;
  private final ScriptedGuard guard;
  private final StandInServer server;
  private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
  private final WireSession session;
  private int writes;

  private FuzzedConversation(long seed, boolean damagesServer) {
    this.random = new Random(seed);
    this.damage = new Damage(random, StandInResults.CANARY & 0xff);
    this.damagesServer = damagesServer;
    this.guard = FuzzedGuard.of(random);
    this.server = new StandInServer(guard, !damagesServer);
    this.session =
        new WireSession(
            guard,
            WireLimits.DEFAULT,
            (bytes, offset, length) -> {
              counted("to client", bytes, offset, length);
              toClient.write(bytes, offset, length);
            },
            (bytes, offset, length) -> {
              counted("to server", bytes, offset, length);
              server.write(bytes, offset, length);
            },
            Canceller.NONE);
  }

  private void counted(String where, byte[] bytes, int offset, int length) {
    tell(where, Arrays.copyOfRange(bytes, offset, offset + length));
    if (++writes > MOST_WRITES) {
      throw new AssertionError("it goes on for ever");
    }
  }

  /**
   * Holds one conversation.
   *
   * @return whether the machine ended it
   */
  static boolean hold(long seed, boolean damagesServer) throws IOException {
    return new FuzzedConversation(seed, damagesServer).hold();
  }

  private boolean hold() throws IOException {
    List<byte[]> messages = new ArrayList<>();
    for (Message message : FuzzedClient.messages(random)) {
      messages.add(message.toByteArray());
    }
    int places = damagesServer ? 0 : random.nextInt(4);
    damage.messages(messages, places);
    byte[] stream = Damage.join(messages);
    boolean orderly = !damagesServer && places == 0 && !shown(stream).contains("STDIN");
    for (int at = 0; at < stream.length && !session.closed(); ) {
      int length = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : stream.length;
      int end = Math.min(stream.length, at + length);
      feed(true, Arrays.copyOfRange(stream, at, end));
      at = end;
      if (random.nextInt(3) > 0) {
        answer();
      }
    }
    answer();
    boolean closed = session.closed();
    if (!closed && !damagesServer && session.clientWaits() && !server.copies()) {
      throw new AssertionError("the client waits for ever");
    }
    if (closed && orderly && shown(toClient.toByteArray()).contains(ENDS)) {
      throw new AssertionError("the machine ended what was in order");
    }
    session.close();
    verify();
    return closed;
  }

  /** What the server has sent, and what came of it, until nothing more comes. */
  private void answer() throws IOException {
    while (!session.closed()) {
      if (session.awaits().isPresent()) {
        counted("an answer is there", SECRET, 0, 0);
        session.resume();
      } else if (server.sends()) {
        fromServer(server.take());
      } else {
        return;
      }
    }
  }

  private void fromServer(byte[] sent) throws IOException {
    byte[] bytes = sent;
    if (damagesServer && random.nextInt(3) == 0) {
      List<byte[]> messages = Damage.split(sent);
      damage.messages(messages, 1 + random.nextInt(2));
      bytes = Damage.join(messages);
    }
    int cut = random.nextInt(bytes.length + 1);
    feed(false, Arrays.copyOf(bytes, cut));
    if (cut < bytes.length && !session.closed()) {
      feed(false, Arrays.copyOfRange(bytes, cut, bytes.length));
    }
  }

  /** The bytes are overwritten afterwards: nothing may refer to them any longer. */
  private void feed(boolean client, byte[] bytes) throws IOException {
    tell(client ? "client" : "server", bytes);
    boolean whole = true;
    if (guard.waits == null) {
      if (client) {
        session.client(bytes, 0, bytes.length);
      } else {
        session.server(bytes, 0, bytes.length);
      }
    } else {
      whole =
          client
              ? session.clientAtOnce(bytes, 0, bytes.length)
              : session.serverAtOnce(bytes, 0, bytes.length);
    }
    Arrays.fill(bytes, (byte) '!');
    if (!whole) {
      session.rest();
    }
  }

  private static void tell(String where, byte[] bytes) {
    if (TOLD) {
      System.out.println(where + ": " + shown(bytes).replaceAll("[^ -~]", "."));
    }
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Whether a message's body holds something of a protected value. */
  private boolean shows(byte[] told, int from, int to) {
    for (int at = from + 5; at < to; at++) {
      boolean text = at + SECRET.length <= to && told[at] == SECRET[0] && told[at + 1] == SECRET[1];
      if (told[at] == StandInResults.CANARY || text && !damagesServer) {
        return true;
      }
    }
    return false;
  }

  private void verify() {
    byte[] told = toClient.toByteArray();
    for (int at = 0; at < told.length; ) {
      int next = at + 1 + Bytes.int32(told, at + 1);
      if (next > told.length) {
        throw new AssertionError("the client got a part of a message");
      }
      boolean described = told[at] == 'T' && damagesServer; // a row may have become a part of it
      if (!described && shows(told, at, next)) {
        throw new AssertionError("a byte of a protected value was passed on: " + shown(told));
      }
      at = next;
    }
    if (shown(told).contains(BUG)) {
      throw new AssertionError("the machine failed");
    }
    if (!server.gotWholeMessages()) {
      throw new AssertionError("the server got a part of a message");
    }
    if (!guard.runs.stream().allMatch(ScriptedRun::ended)) {
      throw new AssertionError("the guard was not told of the end of a statement that it granted");
    }
  }
}
