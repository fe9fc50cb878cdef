package io.pgguard.jdbc;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections whose principal a token proves. */
class TokensIT {
  private static GuardedDatabase database;
  private static RSAKey key;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("tokens_jdbc", directory);
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    Files.writeString(directory.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    database.auditedConfig(
        "identity: { issuers: [ { issuer: \"https://id.example\", audience: guard, keys: keys.json,"
            + " person: employee } ] }");
  }

  @AfterAll
  static void drop() throws Exception {
    database.close();
  }

  private static String token(String subject, String id, long seconds) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
            new JWTClaimsSet.Builder()
                .issuer("https://id.example")
                .audience("guard")
                .subject(subject)
                .jwtID(id)
                .claim("azp", "sql-agent")
                .claim("employee", "E-" + subject)
                .claim("groups", List.of("analysts"))
                .expirationTime(Date.from(Instant.now().plusSeconds(seconds)))
                .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static Connection connect(Map<String, String> all) throws SQLException {
    Properties properties = new Properties();
    all.forEach(properties::setProperty);
    return DriverManager.getConnection(database.url(), properties);
  }

  @Test
  void token_provesWhoAsks() throws Exception {
    String token = token("bob", "t-1", 300);
    try (Connection connection = connect(Map.of("guard.token", token, "guard.model", "m-1"))) {
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    }
    assertFalse(
        database
            .logged(
                "SessionOpened",
                "\"subject\":\"bob\"",
                "\"person\":\"E-bob\"",
                "\"agent\":\"sql-agent\"",
                "\"model\":\"m-1\"",
                "\"proved\":[\"subject\",\"groups\",\"person\",\"agent\"]",
                "\"tokenId\":\"t-1\"")
            .isEmpty());
    assertTrue(database.logged("eyJ").isEmpty(), "a token is in the log");
  }

  @Test
  void whatIsClaimed_isNotTakenWhereTokensAre() throws Exception {
    String token = token("bob", "t-2", 300);
    List<Map<String, String>> wrong =
        List.of(
            Map.of("guard.subject", "ana@example.com"),
            Map.of("guard.token", token, "guard.subject", "ana@example.com"),
            Map.of("guard.token", token, "guard.groups", "compliance"),
            Map.of("guard.token", token + "x"),
            Map.of("guard.token", token("bob", "t-3", -1)));
    for (Map<String, String> properties : wrong) {
      SQLException refused = assertThrows(SQLException.class, () -> connect(properties));
      assertEquals("28000", refused.getSQLState(), refused.getMessage());
      assertFalse(String.valueOf(refused.getMessage()).contains("eyJ"), refused.getMessage());
    }
  }

  /** A connection by a token that expires soon, but not before it is taken. */
  private static Connection soonOver() throws Exception {
    for (int seconds = 2; ; seconds *= 2) {
      // a token tells whole seconds
      Instant over = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
      try {
        return connect(Map.of("guard.token", token("bob", "t-4", seconds)));
      } catch (SQLException e) {
        if (Instant.now().isBefore(over)) {
          throw e;
        } // the machine was slower than that
      }
    }
  }

  private static SQLException untilItExpires(Connection connection) {
    return assertThrows(
        SQLException.class,
        () -> {
          while (true) {
            GuardedDatabase.first(connection, "SELECT 1");
          }
        });
  }

  @Test
  void expiredToken_isFollowedByAFreshOneOfTheSamePerson() throws Exception {
    try (Connection connection = soonOver()) {
      SQLException over = untilItExpires(connection);
      assertEquals("28000", over.getSQLState(), over.getMessage());
      SQLClientInfoException other =
          assertThrows(
              SQLClientInfoException.class,
              () -> connection.setClientInfo("guard.token", token("eve", "t-5", 300)));
      assertEquals("28000", other.getSQLState());
      assertThrows(SQLException.class, () -> GuardedDatabase.first(connection, "SELECT 1"));
      connection.setClientInfo("guard.token", token("bob", "t-6", 300));
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
      GuardedDatabase.run(connection, "SET guard.token = '" + token("bob", "t-7", 300) + "'");
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    }
    assertFalse(database.logged("SessionRenewed", "t-6").isEmpty());
    assertFalse(database.logged("SessionRenewed", "t-7").isEmpty());
    assertTrue(database.logged("eyJ").isEmpty(), "a token is in the log");
  }

  @Test
  void supplier_isAskedForAFreshTokenByEachUse() throws Exception {
    AtomicReference<String> now = new AtomicReference<>(token("bob", "t-8", 300));
    GuardDataSource source =
        new GuardDataSource(database.url()).with(() -> Objects.requireNonNull(now.get()));
    try (Connection connection = source.getConnection()) {
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
      now.set(token("bob", "t-9", 300));
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
    }
    assertFalse(database.logged("SessionRenewed", "t-9").isEmpty());
  }

  @Test
  @SuppressWarnings("NullAway") // an application's own code is not checked for it
  void supplierWithoutAToken_isNotWhoeverCameBefore() throws Exception {
    AtomicReference<String> now = new AtomicReference<>(token("bob", "t-13", 300));
    GuardDataSource source = new GuardDataSource(database.url()).with(now::get);
    try (Connection connection = source.getConnection()) {
      assertEquals("1", GuardedDatabase.first(connection, "SELECT 1"));
      now.set(null);
      SQLException nobody =
          assertThrows(
              SQLException.class, () -> GuardedDatabase.run(connection, "SELECT 'as bob'"));
      assertEquals("28000", nobody.getSQLState(), nobody.getMessage());
    }
    SQLException nobody = assertThrows(SQLException.class, source::getConnection);
    assertEquals("28000", nobody.getSQLState(), nobody.getMessage());
    assertTrue(database.logged("as bob").isEmpty());
  }

  @Test
  void pooledConnection_passesToAnotherPersonBetweenTransactions() throws Exception {
    AtomicReference<String> now = new AtomicReference<>(token("bob", "t-11", 300));
    GuardDataSource source =
        new GuardDataSource(database.url()).with(() -> Objects.requireNonNull(now.get()));
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      GuardedDatabase.run(connection, "SELECT 'of bob'");
      try (Statement open = connection.createStatement()) {
        now.set(token("eve", "t-12", 300));
        SQLException within =
            assertThrows(SQLException.class, () -> open.execute("SELECT 'of nobody'"));
        assertEquals("28000", within.getSQLState(), within.getMessage());
        assertThrows(SQLException.class, connection::createStatement);
      }
      connection.rollback();
      GuardedDatabase.run(connection, "SELECT 'of eve'");
      assertEquals(
          "repeatable read", GuardedDatabase.first(connection, "SHOW transaction_isolation"));
      assertFalse(connection.getAutoCommit());
      connection.commit();
    }
    List<String> opened = database.logged("SessionOpened", "\"subject\":\"eve\"", "t-12");
    assertEquals(1, opened.size());
    String session = opened.get(0).replaceAll(".*\"session\":\"([^\"]*)\".*", "$1");
    assertEquals(1, database.logged("StatementDecided", session, "'of eve'").size());
    assertTrue(database.logged(session, "'of bob'").isEmpty());
    assertTrue(database.logged("'of nobody'").isEmpty());
  }
}
