package io.pgguard.pgwire.opening.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.pgwire.codec.WireLimits;
import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.BackendKeyData;
import io.pgguard.pgwire.message.CommandComplete;
import io.pgguard.pgwire.message.DataRow;
import io.pgguard.pgwire.message.ErrorResponse;
import io.pgguard.pgwire.message.Message;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.message.NoticeResponse;
import io.pgguard.pgwire.message.ParameterStatus;
import io.pgguard.pgwire.message.ReadyForQuery;
import io.pgguard.pgwire.message.RowDescription;
import io.pgguard.session.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Transcripts of servers that let Guard in or do not, cut at every byte. */
class ServerOpeningTest {
  private static final Map<String, String> SETTINGS = Map.of("user", "agent", "database", "shop");
  private static final byte[] NONE = new byte[0];

  /** An exchange whose messages are words. */
  private static final SaslMechanisms WORDS =
      (offered, password, endPoint) ->
          new SaslMechanisms.Exchange() {
            @Override
            public String mechanism() {
              return offered.get(0);
            }

            @Override
            public String first() {
              return "first";
            }

            @Override
            public String answer(String serverFirst) {
              return "answer to " + serverFirst;
            }

            @Override
            public void verify(String serverFinal) {
              if (!serverFinal.equals("proof")) {
                throw new IllegalArgumentException("no proof");
              }
            }
          };

  /**
   * What a server says.
   *
   * @param sent texts that Guard must have sent
   * @param outcome how it ends
   */
  record Case(String name, List<Message> said, List<String> sent, String outcome) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Authentication asks(int code, String data) {
    return new Authentication(code, data.getBytes(StandardCharsets.UTF_8));
  }

  private static final Message OK = new Authentication(0, NONE);
  private static final Message IDLE = new ReadyForQuery('I');

  private static DataRow role(String... columns) {
    byte[][] values = new byte[columns.length][];
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].getBytes(StandardCharsets.UTF_8);
    }
    return new DataRow(values);
  }

  private static final List<Message> TOLD =
      List.of(
          new RowDescription(List.of()),
          role("agent", "f", "f", "f", "t", "\"$user\", public"),
          new CommandComplete("SELECT 1"),
          IDLE);

  private static List<Message> all(Message... first) {
    List<Message> all = new java.util.ArrayList<>(List.of(first));
    all.addAll(TOLD);
    return all;
  }

  static List<Case> cases() {
    ServerMessage wrong =
        new ServerMessage(
            Map.of('S', "FATAL", 'C', "28P01", 'M', "password authentication failed"));
    return List.of(
        new Case(
            "trust",
            all(
                OK,
                new ParameterStatus("server_version", "18.6"),
                new NoticeResponse(wrong),
                new BackendKeyData(9, new byte[4]),
                IDLE),
            List.of("user\0agent", "SELECT r.rolname"),
            "ready, agent, {server_version=18.6, search_path=\"$user\", public}"),
        new Case(
            "SCRAM",
            all(asks(10, "SCRAM-SHA-256\0\0"), asks(11, "nonce"), asks(12, "proof"), OK, IDLE),
            List.of("SCRAM-SHA-256\0\0\0\0\5first", "answer to nonce"),
            "ready, agent, {search_path=\"$user\", public}"),
        new Case(
            "MD5",
            all(asks(5, "salt"), OK, IDLE),
            List.of("md5"),
            "ready, agent, {search_path=\"$user\", public}"),
        new Case(
            "a server that does not prove that it knows the password",
            List.of(asks(10, "SCRAM-SHA-256\0\0"), asks(11, "nonce"), OK),
            List.of(),
            "failed"),
        new Case(
            "a server with the wrong proof",
            List.of(asks(10, "SCRAM-SHA-256\0\0"), asks(11, "nonce"), asks(12, "guess"), OK),
            List.of(),
            "failed"),
        new Case("a password in the clear", List.of(asks(3, "")), List.of(), "failed"),
        new Case("Kerberos", List.of(asks(7, "")), List.of(), "failed"),
        new Case("ready without being asked", List.of(IDLE), List.of(), "failed"),
        new Case("in a transaction", List.of(OK, new ReadyForQuery('T')), List.of(), "failed"),
        new Case("rows before anything", List.of(role("a")), List.of(), "failed"),
        new Case(
            "no role",
            List.of(OK, IDLE, new CommandComplete("SELECT 0"), IDLE),
            List.of(),
            "failed"),
        new Case("speaks on", all(OK, IDLE, OK), List.of(), "failed"),
        new Case("refuses", List.of(new ErrorResponse(wrong)), List.of(), "failed, credential"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void opening_goesTheSameWayWhereverItIsCut(Case one) throws IOException {
    MessageWriter said = new MessageWriter();
    one.said().forEach(message -> message.encode(said));
    byte[] bytes = said.toByteArray();
    for (int cut = 0; cut < bytes.length; cut++) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      String outcome = outcome(run(bytes, cut, sent));
      assertEquals(one.outcome(), outcome, "cut at " + cut);
      String text = sent.toString(StandardCharsets.UTF_8);
      one.sent().forEach(part -> assertTrue(text.contains(part), part));
    }
  }

  private static ServerDemand run(byte[] bytes, int cut, ByteArrayOutputStream sent)
      throws IOException {
    ServerOpening opening = opening(false, sent);
    opening.start();
    ServerDemand demand = opening.bytes(bytes, 0, cut);
    return demand instanceof ServerDemand.MoreBytes
        ? opening.bytes(bytes, cut, bytes.length - cut)
        : demand;
  }

  private static ServerOpening opening(boolean tls, ByteArrayOutputStream sent) {
    return new ServerOpening(
        new ServerRequest(SETTINGS, "secret", tls), WORDS, WireLimits.DEFAULT, sent::write);
  }

  private static String outcome(ServerDemand demand) {
    if (demand instanceof ServerDemand.Ready ready) {
      return "ready, " + ready.ready().roles().get(0).name() + ", " + ready.ready().parameters();
    }
    return demand instanceof ServerDemand.Failed failed
        ? "failed" + (failed.credentialRefused() ? ", credential" : "")
        : "waits";
  }

  @Test
  void tls_nothingIsSentBeforeTheHandshake() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ServerOpening opening = opening(true, sent);
    opening.start();
    assertEquals(8, sent.size());
    assertInstanceOf(ServerDemand.StartTls.class, opening.bytes(new byte[] {'S'}, 0, 1));
    assertEquals(8, sent.size());
    opening.tlsStarted(null);
    assertTrue(sent.size() > 8);
    ServerDemand asked = said(opening, asks(3, ""));
    assertInstanceOf(ServerDemand.MoreBytes.class, asked);
    assertTrue(sent.toString(StandardCharsets.UTF_8).contains("secret"));
  }

  private static ServerDemand said(ServerOpening opening, Message message) throws IOException {
    byte[] bytes = message.toByteArray();
    return opening.bytes(bytes, 0, bytes.length);
  }

  @Test
  void serverWithoutTls_isNotToldAnything() throws IOException {
    for (byte[] answer : new byte[][] {{'N'}, {'E'}, {'S', 'R'}}) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      ServerOpening opening = opening(true, sent);
      opening.start();
      assertInstanceOf(ServerDemand.Failed.class, opening.bytes(answer, 0, answer.length));
      assertEquals(8, sent.size());
    }
  }

  @Test
  void endPoint_isGivenToTheMechanism() throws IOException {
    byte @Nullable [][] seen = new byte[1][];
    SaslMechanisms mechanisms =
        (offered, password, endPoint) -> {
          seen[0] = endPoint;
          return WORDS.begin(offered, password, endPoint);
        };
    ServerOpening opening =
        new ServerOpening(
            new ServerRequest(SETTINGS, "secret", true),
            mechanisms,
            WireLimits.DEFAULT,
            (b, o, l) -> {});
    opening.start();
    opening.bytes(new byte[] {'S'}, 0, 1);
    byte[] hash = {1, 2, 3};
    opening.tlsStarted(hash);
    said(opening, asks(10, "SCRAM-SHA-256-PLUS\0\0"));
    assertEquals(hash, seen[0]);
  }
}
