package io.pgguard.token;

import static io.pgguard.token.Minted.HEADER;
import static io.pgguard.token.Minted.PAYLOAD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import io.pgguard.IssuerConfig;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that differ in one byte, key or claim from one that passes, each with its own reason. */
class HostileTokensTest {
  private static final Minted MINTED = new Minted();

  @TempDir static Path directory;

  private final Tokens tokens = tokens(DenyList.none(), c -> c);

  private record Case(String name, TokenProblem problem, String token) {}

  static IssuerConfig issuer() {
    return new IssuerConfig(
        Minted.ISSUER,
        "guard",
        null,
        Set.of("RS256", "PS256", "ES256"),
        "sub",
        null,
        "groups",
        "model",
        Set.of("psql"),
        null,
        false,
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Set.of());
  }

  private static Tokens tokens(DenyList denied, UnaryOperator<IssuerConfig> change) {
    Tokens made = new Tokens(denied, () -> Instant.ofEpochSecond(Minted.NOW));
    KeySet keys = MINTED.keys();
    made.add(
        change.apply(issuer()),
        new IssuerKeys() {
          @Override
          public List<JWK> find(String keyId) throws TokenRefusedException {
            if (keys.find(keyId).isEmpty()) {
              throw CompactToken.no(TokenProblem.UNKNOWN_KEY, "no such key");
            }
            return keys.find(keyId);
          }

          @Override
          public List<JWK> known(String keyId) {
            return keys.find(keyId);
          }
        });
    return made;
  }

  private static String changed(String text, String from, String to) {
    assertTrue(text.contains(from), from);
    return text.replace(from, to);
  }

  /** The good token with one change of its header. */
  private static Case header(String name, TokenProblem problem, String from, String to) {
    return new Case("header: " + name, problem, MINTED.rsa(changed(HEADER, from, to), PAYLOAD));
  }

  /** The good token with one change of its payload. */
  private static Case claim(String name, TokenProblem problem, String from, String to) {
    return new Case("claim: " + name, problem, MINTED.rsa(HEADER, changed(PAYLOAD, from, to)));
  }

  private static Case added(String name, TokenProblem problem, String claim) {
    return claim(name, problem, "\"typ\":\"Bearer\"", "\"typ\":\"Bearer\"," + claim);
  }

  private static List<Case> forms() {
    String good = MINTED.good();
    String[] parts = good.split("\\.");
    String flipped = (parts[2].charAt(5) == 'A' ? 'B' : 'A') + parts[2].substring(6);
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("empty", TokenProblem.FORM, ""));
    cases.add(new Case("a word", TokenProblem.FORM, "token"));
    cases.add(new Case("two parts", TokenProblem.FORM, parts[0] + "." + parts[1]));
    cases.add(new Case("four parts", TokenProblem.FORM, good + "."));
    cases.add(new Case("five parts", TokenProblem.ENCRYPTED, good + ".."));
    cases.add(new Case("a line's end", TokenProblem.NOT_BASE64, good + "\n"));
    cases.add(new Case("a space before", TokenProblem.NOT_BASE64, " " + good));
    cases.add(new Case("padding", TokenProblem.NOT_BASE64, good + "=="));
    cases.add(
        new Case(
            "base64 of the other alphabet",
            TokenProblem.NOT_BASE64,
            parts[0] + "." + parts[1] + ".+/" + parts[2].substring(2)));
    cases.add(
        new Case(
            "one bit of the signature",
            TokenProblem.SIGNATURE,
            parts[0] + "." + parts[1] + "." + parts[2].substring(0, 5) + flipped));
    cases.add(
        new Case(
            "bits behind the signature's last byte",
            TokenProblem.NOT_BASE64,
            good.substring(0, good.length() - 1) + (char) (good.charAt(good.length() - 1) + 1)));
    cases.add(new Case("no signature", TokenProblem.SIGNATURE, parts[0] + "." + parts[1] + "."));
    cases.add(
        new Case(
            "another payload under the same signature",
            TokenProblem.SIGNATURE,
            parts[0] + "." + Minted.part(changed(PAYLOAD, "ana-1", "bob-1")) + "." + parts[2]));
    cases.add(
        new Case(
            "one space more in the payload",
            TokenProblem.SIGNATURE,
            parts[0] + "." + Minted.part(PAYLOAD + " ") + "." + parts[2]));
    cases.add(
        new Case("huge", TokenProblem.TOO_LONG, good + "A".repeat(CompactToken.MOST_CHARACTERS)));
    cases.add(
        new Case("no UTF-8", TokenProblem.NOT_JSON, parts[0] + "." + part(0xff) + "." + parts[2]));
    return cases;
  }

  private static String part(int bytes) {
    return Minted.part(new byte[] {'{', '"', (byte) bytes, '"', ':', '1', '}'});
  }

  private static List<Case> headers() throws Exception {
    List<Case> cases = new ArrayList<>();
    cases.add(header("none", TokenProblem.ALGORITHM, "RS256", "none"));
    cases.add(header("None", TokenProblem.ALGORITHM, "RS256", "nOnE"));
    cases.add(header("no algorithm", TokenProblem.ALGORITHM, "\"alg\":\"RS256\",", ""));
    cases.add(header("a number for it", TokenProblem.ALGORITHM, "\"RS256\"", "256"));
    cases.add(header("a list of them", TokenProblem.ALGORITHM, "\"RS256\"", "[\"RS256\"]"));
    cases.add(header("one that is not of this issuer", TokenProblem.ALGORITHM, "RS256", "RS512"));
    cases.add(header("symmetric", TokenProblem.ALGORITHM, "RS256", "HS256"));
    cases.add(header("another way of RSA", TokenProblem.SIGNATURE, "RS256", "PS256"));
    cases.add(header("elliptic by an RSA key", TokenProblem.KEY_MISFIT, "RS256", "ES256"));
    cases.add(header("RSA by an elliptic key", TokenProblem.KEY_MISFIT, "\"rsa\"", "\"ec\""));
    cases.add(
        header("a key that is for another way", TokenProblem.KEY_MISFIT, "\"rsa\"", "\"other\""));
    cases.add(header("a key for encryption", TokenProblem.UNKNOWN_KEY, "\"rsa\"", "\"enc\""));
    cases.add(header("an unknown key", TokenProblem.UNKNOWN_KEY, "\"rsa\"", "\"rsa2\""));
    cases.add(header("a path for a key", TokenProblem.UNKNOWN_KEY, "\"rsa\"", "\"../rsa\""));
    cases.add(header("no key", TokenProblem.NO_KEY_ID, "\"kid\":\"rsa\",", ""));
    cases.add(header("a number for a key", TokenProblem.NO_KEY_ID, "\"rsa\"", "7"));
    cases.add(header("type of an ID token", TokenProblem.TYPE, "JWT", "id+jwt"));
    cases.add(header("type of a logout token", TokenProblem.TYPE, "JWT", "logout+jwt"));
    cases.add(header("type of a proof", TokenProblem.TYPE, "JWT", "dpop+jwt"));
    cases.add(header("a number for a type", TokenProblem.TYPE, "\"JWT\"", "1"));
    cases.add(header("an extension", TokenProblem.CRITICAL, "\"typ\"", "\"crit\":[\"x\"],\"typ\""));
    cases.add(header("unencoded", TokenProblem.CRITICAL, "\"typ\"", "\"b64\":false,\"typ\""));
    cases.add(header("packed", TokenProblem.CRITICAL, "\"typ\"", "\"zip\":\"DEF\",\"typ\""));
    cases.add(header("nested", TokenProblem.NESTED, "\"typ\"", "\"cty\":\"JWT\",\"typ\""));
    cases.add(
        header("the key twice", TokenProblem.DUPLICATE, "\"typ\"", "\"kid\":\"rsa\",\"typ\""));
    cases.add(
        header(
            "the algorithm twice", TokenProblem.DUPLICATE, "\"typ\"", "\"alg\":\"none\",\"typ\""));
    cases.add(header("no JSON", TokenProblem.NOT_JSON, "\"JWT\"}", "\"JWT\""));
    cases.add(header("more behind it", TokenProblem.NOT_JSON, "\"JWT\"}", "\"JWT\"}{}"));
    cases.add(new Case("header: a list", TokenProblem.NOT_JSON, MINTED.rsa("[]", PAYLOAD)));
    String brought =
        changed(HEADER, "\"rsa\"", "\"mine\",\"jwk\":" + MINTED.rsa.toPublicJWK().toJSONString());
    cases.add(
        new Case("header: brings its key", TokenProblem.UNKNOWN_KEY, MINTED.rsa(brought, PAYLOAD)));
    String named = changed(HEADER, "\"rsa\"", "\"mine\",\"jku\":\"https://evil.example/keys\"");
    cases.add(
        new Case("header: names its keys", TokenProblem.UNKNOWN_KEY, MINTED.rsa(named, PAYLOAD)));
    cases.add(
        new Case(
            "signed by another key of the issuer",
            TokenProblem.SIGNATURE,
            MINTED.signed(MINTED.other, "RS256", HEADER, PAYLOAD)));
    cases.add(symmetric());
    return cases;
  }

  /** The public key, as everybody has it, for a secret (RFC 8725, section 2.1). */
  private static Case symmetric() throws Exception {
    String signed = Minted.part(changed(HEADER, "RS256", "HS256")) + "." + Minted.part(PAYLOAD);
    MACSigner signer = new MACSigner(MINTED.rsa.toRSAPublicKey().getEncoded());
    return new Case(
        "signed with the public key as a secret",
        TokenProblem.ALGORITHM,
        signed
            + "."
            + signer.sign(
                new JWSHeader(JWSAlgorithm.HS256), signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<Case> claims() {
    List<Case> cases = new ArrayList<>();
    cases.add(claim("another issuer", TokenProblem.ISSUER, "login.example", "login.evil"));
    cases.add(claim("a slash more", TokenProblem.ISSUER, "realms/main", "realms/main/"));
    cases.add(claim("no issuer", TokenProblem.ISSUER, "\"iss\"", "\"isx\""));
    cases.add(
        claim(
            "issuers",
            TokenProblem.ISSUER,
            "\"" + Minted.ISSUER,
            "[\"x\"],\"x\":\"" + Minted.ISSUER));
    cases.add(claim("another audience", TokenProblem.AUDIENCE, "\"guard\"", "\"Guard\""));
    cases.add(claim("no audience", TokenProblem.AUDIENCE, "\"aud\"", "\"aux\""));
    cases.add(claim("no audiences", TokenProblem.AUDIENCE, "[\"guard\",\"other\"]", "[]"));
    cases.add(claim("an audience that is none", TokenProblem.AUDIENCE, "\"other\"", "7"));
    cases.add(
        claim("audiences within", TokenProblem.AUDIENCE, "[\"guard\",\"other\"]", "[[\"guard\"]]"));
    cases.add(claim("expired a second ago", TokenProblem.EXPIRED, "1800000300", "1799999999"));
    cases.add(claim("expired now", TokenProblem.EXPIRED, "1800000300", "1800000000"));
    cases.add(claim("no expiry", TokenProblem.NO_EXPIRY, "\"exp\"", "\"exq\""));
    cases.add(claim("a text for expiry", TokenProblem.NO_EXPIRY, "1800000300", "\"1800000300\""));
    cases.add(claim("expiry without end", TokenProblem.NO_EXPIRY, "1800000300", "1e400"));
    cases.add(
        claim("expiry in milliseconds", TokenProblem.NO_EXPIRY, "1800000300", "1800000300000"));
    cases.add(claim("expiry before 1970", TokenProblem.NO_EXPIRY, "1800000300", "-1"));
    cases.add(
        claim(
            "expiry in thousands of digits",
            TokenProblem.TOO_DEEP,
            "1800000300",
            "1" + "0".repeat(2_000)));
    cases.add(claim("not yet", TokenProblem.NOT_YET, "\"nbf\":1799999990", "\"nbf\":1800000061"));
    cases.add(
        claim("a text for that", TokenProblem.NOT_YET, "\"nbf\":1799999990", "\"nbf\":\"x\""));
    cases.add(claim("no subject", TokenProblem.SUBJECT, "\"sub\"", "\"sux\""));
    cases.add(claim("an empty subject", TokenProblem.SUBJECT, "\"ana-1\"", "\" \""));
    cases.add(claim("a number for a subject", TokenProblem.SUBJECT, "\"ana-1\"", "7"));
    cases.add(claim("a subject of two lines", TokenProblem.SUBJECT, "ana-1", "ana\\nroot"));
    cases.add(claim("a subject with a NUL", TokenProblem.SUBJECT, "ana-1", "ana\\u0000"));
    cases.add(claim("a long subject", TokenProblem.SUBJECT, "ana-1", "a".repeat(256)));
    cases.add(
        claim("the subject twice", TokenProblem.DUPLICATE, "\"azp\"", "\"sub\":\"bob\",\"azp\""));
    cases.add(
        claim(
            "the subject twice by an escape",
            TokenProblem.DUPLICATE,
            "\"azp\"",
            "\"\\u0073ub\":\"bob\",\"azp\""));
    cases.add(
        claim(
            "the audience twice", TokenProblem.DUPLICATE, "\"azp\"", "\"aud\":\"guard\",\"azp\""));
    cases.add(claim("an ID token", TokenProblem.ID_TOKEN, "\"Bearer\"", "\"ID\""));
    cases.add(claim("a refresh token", TokenProblem.ID_TOKEN, "\"Bearer\"", "\"Refresh\""));
    cases.add(added("a nonce, as ID tokens have", TokenProblem.ID_TOKEN, "\"nonce\":\"n\""));
    cases.add(added("the hash of an access token", TokenProblem.ID_TOKEN, "\"at_hash\":\"h\""));
    cases.add(added("bound to a key", TokenProblem.BOUND, "\"cnf\":{\"jkt\":\"k\"}"));
    cases.add(claim("a number among groups", TokenProblem.GROUPS, "\"dba\"", "7"));
    cases.add(claim("a group without a name", TokenProblem.GROUPS, "\"dba\"", "\"\""));
    cases.add(
        claim(
            "groups that are none", TokenProblem.GROUPS, "[\"analysts\",\"dba\"]", "{\"dba\":1}"));
    cases.add(
        claim(
            "groups that are elsewhere",
            TokenProblem.GROUPS_ELSEWHERE,
            "\"groups\":[\"analysts\",\"dba\"]",
            "\"_claim_names\":{\"groups\":\"src1\"},\"_claim_sources\":{\"src1\":{}}"));
    cases.add(claim("a number for the client", TokenProblem.CLIENT, "\"sql-agent\"", "7"));
    cases.add(added("an actor that is none", TokenProblem.ACTOR, "\"act\":\"robot\""));
    cases.add(added("an actor without a name", TokenProblem.ACTOR, "\"act\":{}"));
    cases.add(added("a number for a model", TokenProblem.MODEL, "\"model\":7"));
    cases.add(claim("a number for its id", TokenProblem.TOKEN_ID, "\"t-1\"", "7"));
    cases.add(added("deep", TokenProblem.TOO_DEEP, "\"x\":" + "[".repeat(13) + "]".repeat(13)));
    cases.add(added("no JSON", TokenProblem.NOT_JSON, "\"x\":NaN"));
    cases.add(added("a comment", TokenProblem.NOT_JSON, "\"x\":1/**/"));
    return cases;
  }

  private static List<Case> cases() throws Exception {
    return Stream.of(forms(), headers(), claims()).flatMap(List::stream).toList();
  }

  @TestFactory
  Stream<DynamicTest> hostileToken_isRefusedWithItsReason() throws Exception {
    assertTrue(cases().size() >= 90, () -> "only so many cases");
    return cases().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.name(),
                    () -> {
                      String good = MINTED.good();
                      assertEquals("ana-1", tokens.verify(good).subject());
                      assertNotEquals(good, each.token());
                      TokenRefusedException refused =
                          assertThrows(
                              TokenRefusedException.class, () -> tokens.verify(each.token()));
                      assertEquals(each.problem(), refused.problem(), refused.getMessage());
                      assertFalse(
                          String.valueOf(refused.getMessage()).contains("eyJ"), "holds a token");
                    }));
  }

  @Test
  void revokedTokenOrSubject_isRefused() throws Exception {
    for (String line : List.of("token t-1", "subject ana-1", "subject  ana-1 ")) {
      Path file = directory.resolve("denied");
      Files.writeString(file, "# revoked\n\n" + line + "\n");
      try (DenyList denied = DenyList.read(file)) {
        Tokens some = tokens(denied, c -> c);
        for (int i = 0; i < 2; i++) { // anew, and from what is known
          TokenRefusedException refused =
              assertThrows(TokenRefusedException.class, () -> some.verify(MINTED.good()));
          assertEquals(TokenProblem.REVOKED, refused.problem());
        }
      }
    }
  }

  @Test
  void otherWordsForTheSame_pass() throws Exception {
    List<String> headers =
        List.of(
            changed(HEADER, "JWT", "at+jwt"),
            changed(HEADER, "JWT", "application/at+jwt"),
            changed(HEADER, "JWT", "AT+JWT"),
            changed(HEADER, ",\"typ\":\"JWT\"", ""));
    for (String header : headers) {
      assertEquals("ana-1", tokens.verify(MINTED.rsa(header, PAYLOAD)).subject(), header);
    }
    List<String> payloads =
        List.of(
            changed(PAYLOAD, "[\"guard\",\"other\"]", "\"guard\""),
            changed(PAYLOAD, "1800000300", "1800000300.75"),
            changed(PAYLOAD, "\"nbf\":1799999990", "\"nbf\":1800000060"),
            changed(PAYLOAD, ",\"typ\":\"Bearer\"", ""));
    for (String payload : payloads) {
      assertEquals("ana-1", tokens.verify(MINTED.rsa(HEADER, payload)).subject(), payload);
    }
    String elliptic = changed(changed(HEADER, "RS256", "ES256"), "\"rsa\"", "\"ec\"");
    assertEquals(
        "ana-1", tokens.verify(MINTED.signed(MINTED.ec, "ES256", elliptic, PAYLOAD)).subject());
  }
}
