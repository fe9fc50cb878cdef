package io.pgguard.pgwire.opening.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.session.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged logins of servers: none throws or goes on for ever, none gets the password in the clear
 * without TLS, and a server that began SASL is taken only once it has shown that it knows it.
 */
class ServerOpeningFuzzTest {
  private static final int ROUNDS = Integer.getInteger("guard.fuzz.openings", 5_000);
  private static final String PASSWORD = "canary-7731";
  private static final Map<String, String> SETTINGS = Map.of("user", "agent", "database", "shop");
  private static final byte[] NUMBERS = {0, 1, 3, 5, 10, 11, 12, 127, -128, -1};

  private final Random random = new Random();
  private boolean begun;
  private boolean verified;

  /** An exchange whose messages are words. */
  private final class Words implements SaslMechanisms.Exchange {
    @Override
    public String mechanism() {
      return "SCRAM-SHA-256";
    }

    @Override
    public String first() {
      begun = true;
      return "first";
    }

    @Override
    public String answer(String serverFirst) {
      return "answer";
    }

    @Override
    public void verify(String serverFinal) {
      if (!serverFinal.equals("proof")) {
        throw new IllegalArgumentException("no proof");
      }
      verified = true;
    }
  }

  @Test
  void damagedLogins_neverThrowAndShowNoPassword() throws IOException {
    long seed = Long.getLong("guard.fuzz.seed", new Random().nextLong());
    System.out.println("ServerOpeningFuzzTest seed " + seed + ", " + ROUNDS + " streams");
    int ready = 0;
    for (int round = 0; round < ROUNDS; round++) {
      random.setSeed(seed + round);
      String where = "seed " + (seed + round);
      try {
        ready += run(where) ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError(where, e);
      }
    }
    assertTrue(ROUNDS == 1 || ready > 0 && ready < ROUNDS * 9L / 10, "ready: " + ready);
  }

  private boolean run(String where) throws IOException {
    begun = false;
    verified = false;
    boolean tls = random.nextBoolean();
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ServerOpening opening =
        new ServerOpening(
            new ServerRequest(SETTINGS, PASSWORD, tls),
            (offered, password, endPoint) -> new Words(),
            WireLimits.DEFAULT,
            sent::write);
    ServerDemand demand = opening.start();
    if (tls) {
      byte[] answer = {random.nextInt(8) == 0 ? (byte) random.nextInt(256) : (byte) 'S'};
      demand = opening.bytes(answer, 0, 1);
      if (demand instanceof ServerDemand.StartTls) {
        demand = opening.tlsStarted(random.nextBoolean() ? new byte[32] : null);
      }
    }
    byte[] login = login();
    for (int at = 0; at < login.length && demand instanceof ServerDemand.MoreBytes; ) {
      int length = Math.min(1 + random.nextInt(200), login.length - at);
      demand = opening.bytes(login, at, length);
      at += length;
    }
    assertTrue(sent.size() < 20_000, where);
    assertTrue(tls || !sent.toString(StandardCharsets.UTF_8).contains(PASSWORD), where);
    boolean ready = demand instanceof ServerDemand.Ready;
    assertFalse(ready && begun && !verified, where);
    return ready;
  }

  private byte[] login() {
    List<byte[]> messages = new ArrayList<>();
    for (Message message : messages()) {
      messages.add(message.toByteArray());
    }
    for (int left = random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(messages.size());
      switch (random.nextInt(4)) {
        case 0 -> messages.add(random.nextInt(messages.size()), messages.remove(at));
        case 1 -> messages.add(at, messages.get(random.nextInt(messages.size())));
        case 2 -> messages.set(at, Arrays.copyOf(messages.get(at), 1 + random.nextInt(12)));
        default -> {
          byte[] damaged = messages.get(at).clone();
          int where = random.nextInt(damaged.length);
          damaged[where] =
              random.nextBoolean()
                  ? NUMBERS[random.nextInt(NUMBERS.length)]
                  : (byte) random.nextInt(256);
          messages.set(at, damaged);
        }
      }
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    messages.forEach(all::writeBytes);
    return all.toByteArray();
  }

  private List<Message> messages() {
    List<Message> all = new ArrayList<>();
    switch (random.nextInt(4)) {
      case 0 -> all.add(asks(3, ""));
      case 1 -> all.add(asks(5, "salt"));
      case 2 -> {
        all.add(asks(10, "SCRAM-SHA-256\0SCRAM-SHA-256-PLUS\0\0"));
        all.add(asks(11, "nonce"));
        all.add(asks(12, random.nextInt(4) == 0 ? "no proof" : "proof"));
      }
      default -> {} // trusts
    }
    all.add(asks(0, ""));
    all.add(new ParameterStatus("server_version", "18.6"));
    ServerMessage said = ServerMessage.error("28P01", "no", null, null);
    if (random.nextInt(4) == 0) {
      all.add(random.nextBoolean() ? new NoticeResponse(said) : new ErrorResponse(said));
    }
    all.add(new BackendKeyData(9, new byte[4]));
    all.add(new ReadyForQuery('I'));
    all.add(new RowDescription(List.of()));
    all.add(row("agent", "f", "f", "f", "t", "public"));
    all.add(new CommandComplete("SELECT 1"));
    all.add(new ReadyForQuery('I'));
    return all;
  }

  private static Authentication asks(int code, String data) {
    return new Authentication(code, data.getBytes(StandardCharsets.UTF_8));
  }

  private static DataRow row(String... columns) {
    byte[][] values = new byte[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].getBytes(StandardCharsets.UTF_8);
    }
    return new DataRow(values);
  }
}
