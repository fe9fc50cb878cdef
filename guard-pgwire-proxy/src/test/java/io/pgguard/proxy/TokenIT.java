package io.pgguard.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pgguard.ProxyConfig;
import io.pgguard.pgwire.message.Query;
import io.pgguard.pgwire.message.StartupMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
    Files.writeString(directory.resolve("denied"), "# nobody\n");
    guarded = new GuardedProxy("tokens", directory, PROXY + "identity: { denied: denied }\n");
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

  /** A connection by a token that expires soon, but not before the first statements have run. */
  private static Connection soonOver(String mode, String... first) throws Exception {
    for (int seconds = 2; ; seconds *= 2) {
      // a token tells whole seconds
      Instant over = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
      try {
        Connection connection =
            guarded.connect("whoever", token(c -> c.expirationTime(Date.from(over))), mode);
        connection.setAutoCommit(first.length == 0);
        for (String text : first) {
          connection.createStatement().execute(text);
        }
        return connection;
      } catch (SQLException e) {
        if (Instant.now().isBefore(over)) {
          throw e;
        } // the machine was slower than that
      }
    }
  }

  private static SQLException untilItEnds(Statement statement) {
    return assertThrows(
        SQLException.class,
        () -> {
          while (true) {
            statement.execute("SELECT 1");
          }
        });
  }

  @Test
  void tokenThatExpires_isFollowedByAFreshOneOfTheSamePerson() throws Exception {
    for (String mode : List.of("simple", "extended")) {
      try (Connection connection = soonOver(mode);
          Statement statement = connection.createStatement()) {
        SQLException over = untilItEnds(statement);
        assertEquals("28000", over.getSQLState(), over.getMessage());
        assertTrue(String.valueOf(over.getMessage()).contains("expired"), over.getMessage());
        String others = token(c -> c.subject("eve@example.com"));
        String richer = token(c -> c.claim("groups", List.of("analysts", "dba")));
        for (String token : List.of(others, richer, "eyJ.eyJ.x", "")) {
          SQLException refused =
              assertThrows(
                  SQLException.class, () -> statement.execute("SET guard.token = '" + token + "'"));
          assertEquals("28000", refused.getSQLState(), refused.getMessage());
          assertThrows(SQLException.class, () -> statement.execute("SELECT 1"));
        }
        statement.execute("SET guard.token = '" + token(c -> c.jwtID("fresh-" + mode)) + "'");
        statement.execute("SELECT 'goes on'");
        connection.setAutoCommit(false);
        statement.execute("SELECT 'in a transaction'");
        statement.execute("set session guard.token to '" + token(c -> c) + "';");
        statement.execute("SELECT 'still'");
        connection.commit();
      }
      assertFalse(guarded.logged("SessionRenewed", "fresh-" + mode).isEmpty());
    }
    assertTrue(guarded.logged("eyJ").isEmpty(), "a token is in the log");
  }

  @Test
  void tokenInAnotherText_isRefusedAndNotKept() throws Exception {
    try (Connection connection = guarded.connect("whoever", token(c -> c));
        Statement statement = connection.createStatement()) {
      String fresh = token(c -> c);
      for (String text :
          List.of(
              "SET LOCAL guard.token = '" + fresh + "'",
              "/* a */ SET guard.token = '" + fresh + "'",
              "SELECT set_config('guard.token', '" + fresh + "', false)",
              "SET guard/**/.token = '" + fresh + "'",
              "SHOW guard.token",
              "SET guard.token = E'" + fresh + "'")) {
        SQLException refused = assertThrows(SQLException.class, () -> statement.execute(text));
        assertEquals("42601", refused.getSQLState(), refused.getMessage());
      }
      statement.execute("SELECT 'token of guards'");
    }
    assertTrue(guarded.logged("eyJ").isEmpty(), "a token is in the log");
  }

  @Test
  void rollback_passesOnceTheTokenHasExpired_andCommitDoesNot() throws Exception {
    String change = "INSERT INTO notes (body) VALUES ('unfinished')";
    try (Connection connection = soonOver("extended", change);
        Statement statement = connection.createStatement()) {
      assertEquals("28000", untilItEnds(statement).getSQLState());
      assertThrows(SQLException.class, connection::commit);
      connection.rollback();
    }
  }

  @Test
  void revokedToken_endsItsSessionsAndLogsInNoMore() throws Exception {
    String revoked = token(c -> c.jwtID("revoked-1"));
    try (Connection busy = guarded.connect("whoever", revoked);
        Statement statement = busy.createStatement();
        RawWire idle = new RawWire(certificate.requested(guarded.port()));
        Connection other = guarded.connect("whoever", token(c -> c.jwtID("good-1")));
        Statement goesOn = other.createStatement()) {
      idle.startup(StartupMessage.VERSION_3_0, "oauth_bob");
      idle.read();
      idle.sasl("OAUTHBEARER", "n,,\001auth=Bearer " + revoked + "\001\001");
      idle.await('Z');
      Files.writeString(directory.resolve("denied"), "token revoked-1\n");
      RawWire.Said ended = idle.read();
      assertEquals('E', ended.type());
      assertTrue(ended.text().contains("revoked"), ended.text());
      untilItEnds(statement);
      assertThrows(SQLException.class, () -> guarded.connect("whoever", revoked));
      goesOn.execute("SELECT 1");
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

  @Test
  void askingWhereTokensComeFrom_isNoFailedLogin() throws Exception {
    ProxyConfig proxy = Objects.requireNonNull(guarded.proxy().guard().config().proxy());
    for (int i = 0; i <= proxy.limits().failedLogins(); i++) {
      try (RawWire client = new RawWire(certificate.requested(guarded.port()))) {
        client.startup(StartupMessage.VERSION_3_0, "oauth_bob");
        client.read();
        client.sasl("OAUTHBEARER", "n,,\001auth=\001\001");
        client.read();
        client.answer(new byte[] {1});
        assertTrue(client.read().text().contains("C28000"));
        assertEquals(-1, client.readByte(), "it is closed, and its place is free");
      }
    }
    goodToken_namesWhoAsks();
  }

  @Test
  void libpq18_asksForATokenAndLogsIn() throws Exception {
    Psql.require("python3");
    assumeTrue(libpq18().isPresent(), "there is no libpq of PostgreSQL 18 here");
    String output = libpq(token(c -> c));
    assertEquals(
        "asked of https://login.example/.well-known/openid-configuration for openid guard\n"
            + "in as bob@example.com\n",
        output);
    String refused = libpq(token(c -> c.audience("console")));
    assertTrue(
        refused.contains("OAuth bearer authentication failed for user \"oauth_bob\""), refused);
  }

  private static String libpq(String token) throws Exception {
    Path library = libpq18().orElseThrow();
    Path script = directory.resolve("libpq_oauth.py");
    try (InputStream in = TokenIT.class.getResourceAsStream("/clients/libpq_oauth.py")) {
      Files.write(script, Objects.requireNonNull(in).readAllBytes());
    }
    String conninfo =
        "host=127.0.0.1 dbname=shop user=oauth_bob sslmode=require oauth_client_id=psql"
            + " oauth_issuer=https://login.example port="
            + guarded.port();
    return Psql.run(
        List.of(
            "env",
            "LD_LIBRARY_PATH=" + library.getParent(),
            "python3",
            script.toString(),
            library.toString(),
            conninfo,
            token),
        "",
        "");
  }

  /** The library that comes with the embedded server. */
  private static Optional<Path> libpq18() throws IOException {
    Path unpacked = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");
    if (!Files.isDirectory(unpacked)) {
      return Optional.empty();
    }
    try (Stream<Path> servers = Files.list(unpacked)) {
      return servers
          .map(server -> server.resolve("lib/libpq.so.5.18"))
          .filter(Files::isRegularFile)
          .findFirst();
    }
  }
}
