package io.pgguard.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.sql.SQLException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row policies by a claim: Guard sets the tenant, and nobody in the session can. */
class TenantsIT {
  private static GuardedDatabase database;
  private static RSAKey key;

  @BeforeAll
  static void create(@TempDir Path directory) throws Exception {
    database = new GuardedDatabase("tenants", directory);
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    Files.writeString(directory.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    String role = role();
    try (Connection direct = database.direct()) {
      GuardedDatabase.run(
          direct,
          "CREATE ROLE " + role,
          "GRANT " + role + " TO " + database.agent(),
          "CREATE TABLE things (tenant text, what text)",
          "INSERT INTO things VALUES ('red', 'apple'), ('red ', 'trap'), ('blue', 'sky')",
          "GRANT ALL ON things TO " + role,
          "ALTER TABLE things ENABLE ROW LEVEL SECURITY",
          "CREATE POLICY own ON things USING (tenant = current_setting('app.tenant'))");
    }
    database.policy(
        """
        version: 1
        rules:
          - { id: work, when: { kind: [select, session, show, prepare, discard, transaction] }, then: allow }
        roles:
          - { groups: [tenants], role: %s, settings: { app.tenant: { claim: org.tenant } } }
        """
            .formatted(role));
    database.auditedConfig(
        "identity: { issuers: [ { issuer: \"https://id.example\", audience: guard, keys: keys.json,"
            + " claims: [org.tenant] } ] }");
  }

  @AfterAll
  static void drop() throws Exception {
    String role = role();
    try (Connection direct = database.direct()) {
      GuardedDatabase.run(direct, "DROP TABLE things", "DROP ROLE " + role);
    }
    database.close();
  }

  private static String role() {
    return "tenant_" + database.database();
  }

  private static String token(String group, @Nullable Object tenant) throws Exception {
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer("https://id.example")
            .audience("guard")
            .subject("bob")
            .claim("groups", List.of(group))
            .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    if (tenant != null) {
      claims.claim("org", java.util.Map.of("tenant", tenant));
    }
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims.build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static Connection connect(String token) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("guard.token", token);
    return DriverManager.getConnection(database.url(), properties);
  }

  private static String seen(String token) throws SQLException {
    try (Connection connection = connect(token)) {
      return GuardedDatabase.first(
          connection, "SELECT string_agg(what, ',' ORDER BY what) FROM things");
    }
  }

  @Test
  void eachTenant_seesItsOwnRows() throws Exception {
    assertEquals("apple", seen(token("tenants", "red")));
    assertEquals("trap", seen(token("tenants", "red ")));
    assertEquals("sky", seen(token("tenants", "blue")));
    assertEquals("null", String.valueOf(seen(token("tenants", 7))));
    assertEquals("null", String.valueOf(seen(token("tenants", "x -c role=postgres \\"))));
  }

  @Test
  void nobodyInTheSession_setsTheTenant() throws Exception {
    try (Connection connection = connect(token("tenants", "red"))) {
      for (String sql :
          List.of(
              "SET app.tenant = 'blue'",
              "SET \"App.Tenant\" TO blue",
              "SET LOCAL app.tenant = 'blue'",
              "SET SESSION app . tenant = 'blue'",
              "SELECT set_config('app.tenant', 'blue', false)",
              "SELECT set_config('APP.' || 'tenant', 'blue', false)")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> GuardedDatabase.run(connection, sql), sql);
        assertEquals("42501", refused.getSQLState(), sql + ": " + refused.getMessage());
      }
      for (String sql :
          List.of("RESET app.tenant", "RESET ALL", "SET app.tenant TO DEFAULT", "DISCARD ALL")) {
        GuardedDatabase.run(connection, sql);
        assertEquals("red", GuardedDatabase.first(connection, "SHOW app.tenant"), sql);
      }
    }
  }

  @Test
  void withoutClaimOrRole_nothingRuns() throws Exception {
    assertRefused("the claim org.tenant is not proved", token("tenants", null));
    assertRefused("the claim org.tenant is not proved", token("tenants", List.of("red")));
    assertRefused("the claim org.tenant is not proved", token("tenants", "re\nd"));
    assertRefused("beyond ASCII", token("tenants", "r\u00e0d"));
    assertRefused("names no PostgreSQL role for any of your groups", token("others", "red"));
  }

  private static void assertRefused(String why, String token) {
    SQLException refused = assertThrows(SQLException.class, () -> connect(token).close());
    assertEquals("28000", refused.getSQLState());
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  @Test
  void freshTokenOfAnotherTenant_isNotTaken() throws Exception {
    try (Connection connection = connect(token("tenants", "red"))) {
      connection.setClientInfo("guard.token", token("tenants", "red"));
      assertThrows(
          SQLException.class,
          () -> connection.setClientInfo("guard.token", token("tenants", "blue")));
    }
    assertFalse(database.logged("SessionRenewed", "bob").isEmpty());
    assertTrue(database.logged("\"tenant\"").isEmpty(), "a claim is in the log");
  }
}
