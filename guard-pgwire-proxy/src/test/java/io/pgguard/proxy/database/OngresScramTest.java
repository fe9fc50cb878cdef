package io.pgguard.proxy.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pgguard.pgwire.message.Authentication;
import io.pgguard.pgwire.message.MessageWriter;
import io.pgguard.pgwire.opening.client.LoginStep;
import io.pgguard.pgwire.opening.client.ScramLogin;
import io.pgguard.pgwire.opening.client.ScramVerifier;
import io.pgguard.pgwire.opening.server.SaslMechanisms;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Guard's part as a client of SCRAM and its part as a server, with each other. */
class OngresScramTest {
  private static final String PASSWORD = "p\u00e4ss w\u00f6rd";
  private static final ScramVerifier VERIFIER =
      ScramVerifier.of(PASSWORD, "sixteen bytes...".getBytes(StandardCharsets.UTF_8), 4096);
  private static final byte[] END_POINT = {1, 2, 3};

  private static SaslMechanisms.Exchange begin(
      String password, byte @Nullable [] endPoint, String... offered) {
    return new OngresScram().begin(List.of(offered), password, endPoint);
  }

  private static byte[] initial(SaslMechanisms.Exchange exchange) {
    byte[] first = exchange.first().getBytes(StandardCharsets.UTF_8);
    return new MessageWriter()
        .text(exchange.mechanism())
        .int32(first.length)
        .bytes(first)
        .toByteArray();
  }

  private static LoginStep last(ScramLogin login, SaslMechanisms.Exchange exchange) {
    login.begin();
    LoginStep.Ask asked = assertInstanceOf(LoginStep.Ask.class, login.answer(initial(exchange)));
    return login.answer(exchange.answer(text(asked.message())).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Authentication message) {
    return new String(message.data(), StandardCharsets.UTF_8);
  }

  @Test
  void rightPassword_isProvedBothWays() {
    SaslMechanisms.Exchange exchange = begin(PASSWORD, null, "SCRAM-SHA-256");
    LoginStep.Proved proved =
        assertInstanceOf(LoginStep.Proved.class, last(new ScramLogin(VERIFIER, null), exchange));
    exchange.verify(text(Objects.requireNonNull(proved.last())));
  }

  @Test
  void boundChannel_isChosenAndMustBeTheSame() {
    SaslMechanisms.Exchange exchange =
        begin(PASSWORD, END_POINT, "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
    assertEquals("SCRAM-SHA-256-PLUS", exchange.mechanism());
    assertInstanceOf(LoginStep.Proved.class, last(new ScramLogin(VERIFIER, END_POINT), exchange));
    SaslMechanisms.Exchange other =
        begin(PASSWORD, new byte[] {9}, "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
    assertInstanceOf(LoginStep.Failed.class, last(new ScramLogin(VERIFIER, END_POINT), other));
  }

  @Test
  void wrongPasswordOrNobody_fails() {
    for (ScramVerifier verifier : List.of(VERIFIER, ScramVerifier.ofNobody("eve", END_POINT))) {
      SaslMechanisms.Exchange exchange = begin("another", null, "SCRAM-SHA-256");
      assertInstanceOf(LoginStep.Failed.class, last(new ScramLogin(verifier, null), exchange));
    }
  }

  @Test
  void serverThatDoesNotKnowThePassword_isFoundOut() {
    SaslMechanisms.Exchange exchange = begin(PASSWORD, null, "SCRAM-SHA-256");
    last(new ScramLogin(VERIFIER, null), exchange);
    assertThrows(
        IllegalArgumentException.class,
        () -> exchange.verify("v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
  }

  @Test
  void mechanismsThatNobodyKnows_areRefused() {
    assertThrows(IllegalArgumentException.class, () -> begin(PASSWORD, null, "SCRAM-SHA-9"));
  }
}
