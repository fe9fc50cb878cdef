package io.pgguard.pgwire.opening.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pgguard.pgwire.message.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramLoginTest {
  /** The example of RFC 7677, section 3. */
  private static final ScramVerifier PENCIL =
      ScramVerifier.of("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

  private static final String NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  private static final String LAST =
      "c=biws,r=rOprNGfwEbeRWgbNEkqO" + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

  private static ScramLogin login(byte @Nullable [] endPoint) {
    return new ScramLogin(PENCIL, endPoint, NONCE);
  }

  private static byte[] initial(String mechanism, String message) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    return new MessageWriter().text(mechanism).int32(bytes.length).bytes(bytes).toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String asked(LoginStep step) {
    return new String(
        assertInstanceOf(LoginStep.Ask.class, step).message().data(), StandardCharsets.UTF_8);
  }

  @Test
  void exampleOfTheRfc_isAnsweredAsThere() {
    ScramLogin login = login(null);
    assertEquals("SCRAM-SHA-256\0\0", asked(login.begin()));
    assertEquals(
        "r=rOprNGfwEbeRWgbNEkqO" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        asked(login.answer(initial("SCRAM-SHA-256", FIRST))));
    LoginStep.Proved proved = assertInstanceOf(LoginStep.Proved.class, login.answer(bytes(LAST)));
    assertEquals(
        "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        new String(data(proved), StandardCharsets.UTF_8));
  }

  private static byte[] data(LoginStep.Proved proved) {
    return Objects.requireNonNull(proved.last()).data();
  }

  @Test
  void offerWithTls_namesTheBoundMechanismFirst() {
    assertEquals("SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0", asked(login(new byte[32]).begin()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=eSws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzb",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=****",
        "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
        "",
      })
  void lastMessageThatDoesNotFit_fails(String last) {
    ScramLogin login = login(null);
    login.begin();
    login.answer(initial("SCRAM-SHA-256", FIRST));
    assertInstanceOf(LoginStep.Failed.class, login.answer(bytes(last)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "y,,n=,r=abc", // the client thinks that there is no binding, though it was offered
        "p=tls-unique,,n=,r=abc",
        "p=tls-server-end-point,,n=,r=abc", // with the mechanism that does not bind
        "n,a=somebody,n=,r=abc",
        "n,,m=ext,n=,r=abc",
        "n,,n=",
        "n,,n=,r=",
        "n",
        "",
      })
  void firstMessageThatDoesNotFit_fails(String first) {
    ScramLogin login = login(new byte[32]);
    login.begin();
    assertInstanceOf(LoginStep.Failed.class, login.answer(initial("SCRAM-SHA-256", first)));
  }

  @Test
  void mechanismThatWasNotOffered_fails() {
    for (String mechanism : List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1", "PLAIN", "OAUTHBEARER")) {
      assertInstanceOf(
          LoginStep.Failed.class, login(null).answer(initial(mechanism, FIRST)), mechanism);
    }
  }

  @Test
  void verifier_readsItsOwnText() {
    ScramVerifier read = ScramVerifier.read(PENCIL.text());
    assertArrayEquals(PENCIL.storedKey(), read.storedKey());
    assertArrayEquals(PENCIL.serverKey(), read.serverKey());
    assertEquals(PENCIL.iterations(), read.iterations());
    assertFalse(PENCIL.toString().contains("="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "md5abc",
        "SCRAM-SHA-256$0:YQ==$YQ==:YQ==",
        "SCRAM-SHA-256$4096:YQ==$YQ==:YQ=="
      })
  void textThatIsNoVerifier_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ScramVerifier.read(text));
  }

  @Test
  void unknownName_hasOneVerifierEachTime() {
    byte[] secret = bytes("secret of this process");
    assertEquals(
        ScramVerifier.ofNobody("eve", secret).text(), ScramVerifier.ofNobody("eve", secret).text());
    assertFalse(
        ScramVerifier.ofNobody("eve", secret)
            .text()
            .equals(ScramVerifier.ofNobody("eva", secret).text()));
  }
}
