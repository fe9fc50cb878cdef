package io.pgguard.pgwire.opening.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.GSSENCRequest;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged openings: none of them lets anybody in, throws, or goes on for ever. */
class OpeningFuzzTest {
  private static final int ROUNDS = Integer.getInteger("guard.fuzz.openings", 5_000);
  private static final ScramVerifier SECRET =
      ScramVerifier.of("what nobody sends", new byte[16], 1);

  @Test
  void damagedOpenings_letNobodyIn() throws IOException {
    long seed = Long.getLong("guard.fuzz.seed", new Random().nextLong());
    System.out.println("OpeningFuzzTest seed " + seed + ", " + ROUNDS + " streams");
    Random random = new Random(seed);
    int closed = 0;
    for (int round = 0; round < ROUNDS; round++) {
      closed += run(random) ? 1 : 0;
    }
    assertTrue(closed > ROUNDS / 4, "the damage was felt: " + closed);
  }

  private static boolean run(Random random) throws IOException {
    int[] written = {0};
    ClientOpening opening =
        new ClientOpening(random.nextBoolean(), (bytes, offset, length) -> written[0] += length);
    byte[] bytes = damaged(random);
    int at = 0;
    ClientDemand demand = new ClientDemand.MoreBytes();
    while (at < bytes.length && !over(demand)) {
      int length = Math.min(1 + random.nextInt(60), bytes.length - at);
      demand = goOn(opening, opening.bytes(bytes, at, length), random);
      at += length;
    }
    assertFalse(demand instanceof ClientDemand.LetIn, "somebody was let in");
    assertTrue(written[0] < 2000, "it wrote " + written[0] + " bytes");
    return demand instanceof ClientDemand.Close;
  }

  private static boolean over(ClientDemand demand) {
    return demand instanceof ClientDemand.Close || demand instanceof ClientDemand.Cancel;
  }

  private static ClientDemand goOn(ClientOpening opening, ClientDemand demand, Random random)
      throws IOException {
    if (demand instanceof ClientDemand.StartTls) {
      opening.tlsStarted();
      return new ClientDemand.MoreBytes();
    }
    if (demand instanceof ClientDemand.ChooseLogin) {
      Login login =
          switch (random.nextInt(3)) {
            case 0 -> new PasswordLogin();
            case 1 -> new OauthLogin("https://login.example", "openid");
            default -> new ScramLogin(SECRET, random.nextBoolean() ? new byte[32] : null);
          };
      return goOn(opening, opening.login(login), random);
    }
    return demand instanceof ClientDemand.Verify
        ? goOn(opening, opening.reject("nobody"), random)
        : demand;
  }

  private static byte[] damaged(Random random) {
    MessageWriter out = new MessageWriter();
    for (int left = 1 + random.nextInt(5); left > 0; left--) {
      part(out, random);
    }
    byte[] bytes = out.toByteArray();
    for (int left = random.nextInt(4); left > 0; left--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }

  private static void part(MessageWriter out, Random random) {
    switch (random.nextInt(7)) {
      case 0 -> new SSLRequest().encode(out);
      case 1 -> new GSSENCRequest().encode(out);
      case 2 -> new CancelRequest(random.nextInt(), new byte[4 + random.nextInt(40)]).encode(out);
      case 3, 4 ->
          new StartupMessage(
                  3 << 16 | random.nextInt(4),
                  Map.of("user", "ana", random.nextBoolean() ? "database" : "_pq_.x", "shop"))
              .encode(out);
      case 5 -> sasl(out, random);
      default -> new PasswordMessage("a token\0".getBytes(StandardCharsets.UTF_8)).encode(out);
    }
  }

  private static void sasl(MessageWriter out, Random random) {
    List<String> firsts =
        List.of(
            "n,,n=,r=abcdef",
            "y,,n=,r=a",
            "p=tls-server-end-point,,n=,r=a",
            "n,,\1auth=Bearer x\1\1");
    byte[] first = firsts.get(random.nextInt(firsts.size())).getBytes(StandardCharsets.UTF_8);
    String mechanism = random.nextBoolean() ? "SCRAM-SHA-256" : "OAUTHBEARER";
    new PasswordMessage(
            new MessageWriter().text(mechanism).int32(first.length).bytes(first).toByteArray())
        .encode(out);
    new PasswordMessage(
            "c=biws,r=abcdef,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
                .getBytes(StandardCharsets.UTF_8))
        .encode(out);
  }
}
