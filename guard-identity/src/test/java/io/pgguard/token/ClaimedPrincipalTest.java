package io.pgguard.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgguard.IssuerConfig;
import io.pgguard.identity.Principal;
import io.pgguard.identity.Proof.Attribute;
import io.pgguard.identity.TokenRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClaimedPrincipalTest {
  private static final Instant LATER = Instant.ofEpochSecond(1_900_000_000L);

  private static IssuerConfig issuer(
      String subject,
      @Nullable String person,
      String groups,
      IssuerConfig.@Nullable Services services) {
    return new IssuerConfig(
        "https://id.example",
        "guard",
        null,
        Set.of("RS256"),
        subject,
        person,
        groups,
        "agent.model",
        Set.of("psql"),
        services,
        false,
        Duration.ofSeconds(60),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        Set.of("tenant", "org.id"));
  }

  private static Principal of(IssuerConfig config, String json) throws Exception {
    ObjectNode claims = (ObjectNode) new JsonMapper().readTree(json);
    return new ClaimedPrincipal(config).of(new Claims(claims), LATER);
  }

  private static Principal of(String json) throws Exception {
    return of(issuer("sub", null, "groups", null), json);
  }

  @Test
  void personByAnAgent_isToldApart() throws Exception {
    Principal principal =
        of("{\"sub\":\"ana\",\"azp\":\"sql-agent\",\"groups\":[\"a\"],\"jti\":\"7\"}");
    assertEquals("ana", principal.person());
    assertEquals("sql-agent", principal.agent());
    assertNull(principal.service());
    assertEquals(
        Set.of(Attribute.SUBJECT, Attribute.GROUPS, Attribute.PERSON, Attribute.AGENT),
        principal.proof().proved());
    assertEquals("7", principal.proof().tokenId());
    assertEquals(LATER, principal.proof().expires());
    assertEquals("https://id.example", principal.proof().issuer());
  }

  @Test
  void claimsThatAreHandedOn_arePlainValues() throws Exception {
    Principal principal =
        of("{\"sub\":\"ana\",\"tenant\":\"red\",\"org\":{\"id\":7},\"other\":\"x\"}");
    assertEquals(Map.of("tenant", "red", "org.id", "7"), principal.proof().claims());
    assertEquals(
        Map.of(),
        of("{\"sub\":\"ana\",\"tenant\":[\"red\"],\"org\":{\"id\":\" \"}}").proof().claims());
    assertEquals(Map.of(), of("{\"sub\":\"ana\",\"tenant\":\"re\\nd\"}").proof().claims());
    assertFalse(principal.toString().contains("red"), principal.toString());
  }

  @Test
  void personByATool_hasNoAgent() throws Exception {
    assertNull(of("{\"sub\":\"ana\",\"azp\":\"psql\"}").agent());
  }

  @Test
  void actor_isTheAgentThatActsNow() throws Exception {
    Principal principal =
        of(
            "{\"sub\":\"ana\",\"azp\":\"psql\",\"act\":{\"sub\":\"robot\",\"act\":{\"sub\":\"before\"}}}");
    assertEquals("robot", principal.agent());
    assertEquals("ana", principal.person());
  }

  @Test
  void service_hasNobodyBehindIt() throws Exception {
    IssuerConfig keycloak =
        issuer(
            "sub",
            null,
            "groups",
            new IssuerConfig.Services("preferred_username", "service-account-*"));
    for (Principal principal :
        new Principal[] {
          of("{\"sub\":\"etl\",\"client_id\":\"etl\"}"),
          of("{\"sub\":\"0a1b\",\"appid\":\"etl\",\"idtyp\":\"app\"}"),
          of(
              keycloak,
              "{\"sub\":\"u-1\",\"azp\":\"etl\",\"preferred_username\":\"service-account-etl\"}"),
        }) {
      assertEquals("etl", principal.service());
      assertNull(principal.person());
      assertNull(principal.agent());
    }
  }

  @Test
  void personClaim_joinsAccounts() throws Exception {
    IssuerConfig config = issuer("sub", "employee", "groups", null);
    assertEquals("ana", of(config, "{\"sub\":\"admin-ana\",\"employee\":\"ana\"}").person());
    assertEquals("admin-ana", of(config, "{\"sub\":\"admin-ana\"}").person());
  }

  @Test
  void groups_comeFromAnyPath() throws Exception {
    assertEquals(
        Set.of("dba"),
        of(
                issuer("sub", null, "realm_access.roles", null),
                "{\"sub\":\"a\",\"realm_access\":{\"roles\":[\"dba\"]}}")
            .groups());
    assertEquals(
        Set.of("dba"),
        of(
                issuer("sub", null, "https://x.example/groups", null),
                "{\"sub\":\"a\",\"https://x.example/groups\":\"dba\"}")
            .groups());
    assertEquals(Set.of(), of("{\"sub\":\"a\"}").groups());
  }

  @Test
  void model_isProvedWhereTheTokenTellsIt() throws Exception {
    assertEquals("m-1", of("{\"sub\":\"a\",\"agent\":{\"model\":\"m-1\"}}").model());
  }

  @Test
  void addressThatNobodyVerified_namesNobody() throws Exception {
    String address = "{\"sub\":\"1\",\"azp\":\"psql\",\"email\":\"ana@x.example\"%s}";
    IssuerConfig.Services services = new IssuerConfig.Services("email", "*@x.example");
    for (IssuerConfig config :
        new IssuerConfig[] {
          issuer("email", null, "groups", null),
          issuer("sub", "email", "groups", null),
          issuer("sub", null, "groups", services)
        }) {
      for (String not : new String[] {"", ",\"email_verified\":false"}) {
        assertThrows(
            TokenRefusedException.class, () -> of(config, address.formatted(not)), config + not);
      }
      of(config, address.formatted(",\"email_verified\":true"));
    }
  }

  @Test
  void addressThatNobodyVerified_isNoSubject() throws Exception {
    IssuerConfig config = issuer("email", null, "groups", null);
    String with = "{\"sub\":\"1\",\"email\":\"ana@x.example\",\"email_verified\":%s}";
    assertEquals("ana@x.example", of(config, with.formatted("true")).subject());
    for (String not : new String[] {"false", "\"false\"", "null"}) {
      assertThrows(TokenRefusedException.class, () -> of(config, with.formatted(not)), not);
    }
  }
}
