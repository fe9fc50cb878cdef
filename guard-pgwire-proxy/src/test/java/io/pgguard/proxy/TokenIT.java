package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.StartupMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens as passwords and by OAUTHBEARER. */
class TokenIT {
  private static final String PROXY =
      """
        tls: { certificate: server.crt, key: server.key, required: false }
        accountNames: "ana"
        tokens: { keys: keys.json, issuer: "https://login.example", audience: guard,
                  oauthNames: "oauth_*", scope: "openid guard", withoutTls: loopback }
      """
          .indent(0);

  @TempDir static Path directory;
  private static GuardedProxy guarded;
  private static TestCertificate certificate;
  private static RSAKey key;

  @BeforeAll
  static void start() throws Exception {
    certificate = new TestCertificate(directory);
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    Files.writeString(directory.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    guarded = new GuardedProxy("tokens", directory, PROXY);
  }

  @AfterAll
  static void stop() throws SQLException {
    guarded.close();
  }

  private static String token(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer("https://login.example")
            .audience("guard")
            .subject("bob@example.com")
            .claim("azp", "sql-agent")
            .claim("groups", List.of("analysts"))
            .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
            change.apply(claims).build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  @Test
  void goodToken_namesWhoAsks() throws Exception {
    try (Connection connection = guarded.connect("whoever", token(c -> c));
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 'by a token'");
    }
    assertFalse(guarded.logged("bob@example.com", "sql-agent", "analysts").isEmpty());
    assertTrue(guarded.logged("eyJ").isEmpty(), "a token is in the log");
  }

  @Test
  void tokenThatDoesNotFit_isRefusedWithOneSentence() throws Exception {
    List<String> tokens =
        List.of(
            "",
            "no token",
            token(c -> c.audience("console")),
            token(c -> c.issuer("https://other.example")),
            token(c -> c.subject(null)),
            token(c -> c.expirationTime(null)),
            token(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
            token(c -> c.claim("typ", "ID")),
            token(c -> c).replaceAll("\\.[^.]*$", ".AAAA"));
    for (String token : tokens) {
      SQLException refused =
          assertThrows(SQLException.class, () -> guarded.connect("whoever", token), token);
      assertTrue(
          token.isEmpty()
              || String.valueOf(refused.getMessage())
                  .contains("password authentication failed for user \"whoever\""),
          refused.getMessage());
    }
  }

  @Test
  void tokenThatExpires_endsItsSession() throws Exception {
    String token = token(c -> c.expirationTime(Date.from(Instant.now().plusSeconds(2))));
    try (Connection connection = guarded.connect("whoever", token);
        Statement statement = connection.createStatement()) {
      SQLException ended =
          assertThrows(
              SQLException.class,
              () -> {
                while (true) {
                  statement.execute("SELECT 1");
                }
              });
      assertEquals("28000", ended.getSQLState(), ended.getMessage());
    }
  }

  @Test
  void oauthBearer_tellsWhereTokensComeFromAndTakesThem() throws Exception {
    try (RawWire client = new RawWire(certificate.requested(guarded.port()))) {
      client.startup(StartupMessage.VERSION_3_0, "oauth_bob");
      assertEquals("\0\0\0\nOAUTHBEARER\0\0", client.read().text());
      client.sasl("OAUTHBEARER", "n,,\001auth=\001\001");
      assertEquals(
          "\0\0\0\013{\"status\":\"invalid_token\",\"openid-configuration\":"
              + "\"https://login.example/.well-known/openid-configuration\",\"scope\":\"openid guard\"}",
          client.read().text());
      client.answer(new byte[] {1});
      RawWire.Said failed = client.read();
      assertEquals('E', failed.type());
      assertTrue(failed.text().contains("C28000"), failed.text());
    }
    try (RawWire client = new RawWire(certificate.requested(guarded.port()))) {
      client.startup(StartupMessage.VERSION_3_0, "oauth_bob");
      client.read();
      client.sasl("OAUTHBEARER", "n,,\001auth=Bearer " + token(c -> c) + "\001\001");
      client.await('Z');
      client.send(new Query("SELECT 1"));
      client.await('Z');
    }
  }

  @Test
  void oauthBearer_isNotOfferedWithoutTls() throws Exception {
    try (RawWire client = RawWire.plain(guarded.port())) {
      client.startup(StartupMessage.VERSION_3_0, "oauth_bob");
      assertEquals('E', client.read().type());
    }
  }
}
