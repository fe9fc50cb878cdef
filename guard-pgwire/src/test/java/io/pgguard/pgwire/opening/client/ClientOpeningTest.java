package io.pgguard.pgwire.opening.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.pgguard.pgwire.message.Bytes;
import io.pgguard.pgwire.message.CancelRequest;
import io.pgguard.pgwire.message.GSSENCRequest;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.PasswordMessage;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.SSLRequest;
import io.pgguard.pgwire.message.StartupMessage;
import io.pgguard.pgwire.message.Terminate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transcripts of openings: what goes in, cut at every byte, and what comes out. */
class ClientOpeningTest {
  private static final byte[] TOKEN = bytes("token\0");

  /**
   * One opening.
   *
   * @param flights what the client sends each time that it waits
   * @param outcome what it was told and what the owner was asked, in order
   */
  record Case(String name, boolean tls, List<byte[]> flights, String outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] startup(int version, String... parameters) {
    MessageWriter out = new MessageWriter().begin().int32(version);
    for (String text : parameters) {
      out.text(text);
    }
    return out.int8((byte) 0).end().toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    MessageWriter out = new MessageWriter();
    for (byte[] part : parts) {
      out.bytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] of(Message message) {
    return message.toByteArray();
  }

  private static byte[] packet(int size, int code) {
    return new MessageWriter().int32(size).int32(code).toByteArray();
  }

  static List<Case> cases() {
    byte[] plain = startup(StartupMessage.VERSION_3_0, "user", "ana", "database", "shop");
    byte[] password = of(new PasswordMessage(TOKEN));
    String asked = "asked for user=ana, database=shop|R3|";
    return List.of(
        new Case("plain", false, List.of(plain, password), asked + "token|R0|in"),
        new Case(
            "asks for TLS and there is none",
            false,
            List.of(of(new SSLRequest()), plain, password),
            "N|" + asked + "token|R0|in"),
        new Case(
            "asks for TLS",
            true,
            List.of(of(new SSLRequest()), plain, password),
            "S|handshake|" + asked + "token|R0|in"),
        new Case(
            "asks for GSS, then for TLS",
            true,
            List.of(of(new GSSENCRequest()), of(new SSLRequest()), plain, password),
            "N|S|handshake|" + asked + "token|R0|in"),
        new Case(
            "asks for TLS twice",
            false,
            List.of(of(new SSLRequest()), of(new SSLRequest())),
            "N|E 0A000 unsupported frontend protocol 1234.5679: server supports 3.0 to 3.2|closed"),
        new Case(
            "speaks before the handshake",
            true,
            List.of(joined(of(new SSLRequest()), plain)),
            "E 08P01 received unencrypted data after SSL request|closed"),
        new Case(
            "cancels",
            false,
            List.of(of(new CancelRequest(7, new byte[32]))),
            "cancel 7 by 32 bytes"),
        new Case(
            "3.2",
            false,
            List.of(
                startup(StartupMessage.VERSION_3_2, "user", "ana", "database", "shop"), password),
            asked + "token|R0|in"),
        new Case(
            "3.1",
            false,
            List.of(startup(3 << 16 | 1, "user", "ana", "database", "shop"), password),
            asked + "token|R0|in"),
        new Case(
            "3.9999 with options that nobody knows",
            false,
            List.of(
                startup(3 << 16 | 9999, "user", "ana", "_pq_.grease", "1", "database", "shop"),
                password),
            "v 3.2 _pq_.grease|" + asked + "token|R0|in"),
        new Case(
            "4.0",
            false,
            List.of(startup(4 << 16, "user", "ana")),
            "E 0A000 unsupported frontend protocol 4.0: server supports 3.0 to 3.2|closed"),
        new Case(
            "2.0",
            false,
            List.of(packet(296, 2 << 16), new byte[288]),
            "E 0A000 unsupported frontend protocol 2.0: server supports 3.0 to 3.2|closed"),
        new Case(
            "names nobody",
            false,
            List.of(startup(StartupMessage.VERSION_3_0, "database", "shop")),
            "E 28000 no PostgreSQL user name specified in startup packet|closed"),
        new Case(
            "replication",
            false,
            List.of(startup(StartupMessage.VERSION_3_0, "user", "ana", "replication", "false")),
            "E 0A000 replication does not pass through Guard|closed"),
        new Case(
            "one byte too many in its packet",
            false,
            List.of(
                new MessageWriter()
                    .begin()
                    .int32(StartupMessage.VERSION_3_0)
                    .text("user")
                    .text("ana")
                    .int8((byte) 0)
                    .int8((byte) 0)
                    .end()
                    .toByteArray()),
            "E 08P01 invalid startup packet layout|closed"),
        new Case(
            "no end of a text",
            false,
            List.of(
                new MessageWriter()
                    .begin()
                    .int32(StartupMessage.VERSION_3_0)
                    .bytes(bytes("user"))
                    .end()
                    .toByteArray()),
            "E 08P01 invalid startup packet layout|closed"),
        new Case("too long", false, List.of(packet(10_001, StartupMessage.VERSION_3_0)), "closed"),
        new Case("too short", false, List.of(packet(7, StartupMessage.VERSION_3_0)), "closed"),
        new Case(
            "negative length", false, List.of(packet(-1, StartupMessage.VERSION_3_0)), "closed"),
        new Case(
            "asks before it is let in",
            false,
            List.of(plain, of(new Query("SELECT 1"))),
            asked + "E 08P01 expected password response|closed"),
        new Case("leaves", false, List.of(plain, of(new Terminate())), asked + "closed"),
        new Case(
            "an answer that is too long",
            false,
            List.of(plain, new byte[] {'p', 0, 1, 0, 1}),
            asked + "E 08P01 invalid password packet size|closed"),
        new Case(
            "no token",
            false,
            List.of(plain, of(new PasswordMessage(new byte[] {0}))),
            asked + "E 28P01 password authentication failed for user \"ana\"|closed"),
        new Case(
            "goes on at once",
            false,
            List.of(plain, joined(password, of(new Query("SELECT 1")))),
            asked + "token|R0|in"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void opening_goesTheSameWayWhereverItIsCut(Case one) throws IOException {
    assertEquals(one.outcome(), run(one, Integer.MAX_VALUE));
    int longest = one.flights().stream().mapToInt(f -> f.length).max().orElse(0);
    for (int cut = 1; cut < longest; cut++) {
      if (!one.name().equals("speaks before the handshake")) {
        assertEquals(one.outcome(), run(one, cut), "cut at " + cut);
      }
    }
  }

  @Test
  void whatCameWithTheLastAnswer_isKeptForTheSession() throws IOException {
    ClientOpening opening = new ClientOpening(false, (b, o, l) -> {});
    feed(opening, startup(StartupMessage.VERSION_3_0, "user", "ana"));
    opening.login(new PasswordLogin());
    byte[] query = of(new Query("SELECT 1"));
    feed(opening, joined(of(new PasswordMessage(TOKEN)), query));
    assertInstanceOf(ClientDemand.LetIn.class, opening.accept());
    assertEquals(Arrays.toString(query), Arrays.toString(opening.rest()));
    assertEquals(0, opening.rest().length);
  }

  @Test
  void keys_areLongFromProtocolThreeTwoOn() throws IOException {
    for (Map.Entry<Integer, Integer> each : Map.of(0, 4, 1, 4, 2, 32, 9999, 32).entrySet()) {
      ClientOpening opening = new ClientOpening(false, (b, o, l) -> {});
      feed(opening, startup(3 << 16 | each.getKey(), "user", "ana"));
      assertEquals(each.getValue(), opening.keyLength(), "3." + each.getKey());
    }
  }

  private static ClientDemand feed(ClientOpening opening, byte[] bytes) throws IOException {
    return opening.bytes(bytes, 0, bytes.length);
  }

  private static String run(Case one, int cut) throws IOException {
    List<String> told = new ArrayList<>();
    ClientOpening opening =
        new ClientOpening(
            one.tls(), (b, o, l) -> told.add(outline(Arrays.copyOfRange(b, o, o + l))));
    for (byte[] flight : one.flights()) {
      int at = Math.min(cut, flight.length);
      handle(opening, told, opening.bytes(flight, 0, at));
      if (at < flight.length) {
        handle(opening, told, opening.bytes(flight, at, flight.length - at));
      }
    }
    return String.join("|", told);
  }

  private static void handle(ClientOpening opening, List<String> told, ClientDemand demand)
      throws IOException {
    if (demand instanceof ClientDemand.StartTls) {
      told.add("handshake");
      opening.tlsStarted();
    } else if (demand instanceof ClientDemand.ChooseLogin choose) {
      List<String> parameters = new ArrayList<>();
      choose.startup().parameters().forEach((name, value) -> parameters.add(name + "=" + value));
      told.add("asked for " + String.join(", ", parameters));
      handle(opening, told, opening.login(new PasswordLogin()));
    } else if (demand instanceof ClientDemand.Verify verify) {
      told.add(((Evidence.Token) verify.evidence()).text());
      handle(opening, told, opening.accept());
    } else if (demand instanceof ClientDemand.LetIn) {
      told.add("in");
    } else if (demand instanceof ClientDemand.Cancel cancel) {
      told.add(
          "cancel "
              + cancel.request().processId()
              + " by "
              + cancel.request().secretKey().length
              + " bytes");
    } else if (demand instanceof ClientDemand.Close && !told.contains("closed")) {
      told.add("closed");
    }
  }

  private static String outline(byte[] written) {
    char type = (char) written[0];
    return switch (type) {
      case 'R' -> "R" + Bytes.int32(written, 5);
      case 'v' -> {
        int version = Bytes.int32(written, 5);
        String names = new String(written, 13, written.length - 14, StandardCharsets.UTF_8);
        yield "v " + (version >>> 16) + "." + (version & 0xffff) + " " + names;
      }
      case 'E' -> {
        String fields = new String(written, 5, written.length - 5, StandardCharsets.UTF_8);
        yield "E " + field(fields, "\0C") + " " + field(fields, "\0M");
      }
      default -> String.valueOf(type);
    };
  }

  private static String field(String fields, String code) {
    int at = fields.indexOf(code) + code.length();
    return fields.substring(at, fields.indexOf('\0', at));
  }
}
