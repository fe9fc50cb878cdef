package io.pgguard.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider that runs: its discovery, its keys, its token endpoint. */
class RealProviderTest {
  @TempDir Path directory;
  private final MockOAuth2Server server = new MockOAuth2Server();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.shutdown();
  }

  private String issuer(String id) {
    return server.issuerUrl(id).toString();
  }

  private GuardConfig config(String identity) throws Exception {
    Path file = directory.resolve("guard.yaml");
    Files.writeString(
        file,
        """
        version: 1
        database: { user: agent, password: { value: x } }
        policy: policy.yaml
        audit: { directory: audit }
        identity:
        %s
        """
            .formatted(identity.indent(2)));
    return GuardConfig.read(file);
  }

  private Tokens tokens() throws Exception {
    return Tokens.of(
        config(
            """
            issuers:
              - { issuer: "%s", audience: guard, groups: realm_access.roles, tools: [psql],
                  services: { claim: sub, like: "svc-*" } }
              - { issuer: "%s", audience: guard, keys: "%s" }
            """
                .formatted(issuer("one"), issuer("two"), server.jwksUrl("two"))),
        DenyList.none());
  }

  private String issued(String id, String subject, String client, List<String> audience) {
    return server
        .issueToken(
            id,
            client,
            new DefaultOAuth2TokenCallback(
                id,
                subject,
                "JWT",
                audience,
                Map.of("realm_access", Map.of("roles", List.of("analysts"))),
                300))
        .serialize();
  }

  private static TokenProblem problem(Tokens tokens, String token) {
    return assertThrows(TokenRefusedException.class, () -> tokens.verify(token)).problem();
  }

  @Test
  void tokens_ofSeveralIssuers_areVerified() throws Exception {
    Tokens tokens = tokens();
    Principal ana = tokens.verify(issued("one", "ana", "sql-agent", List.of("guard")));
    assertEquals("ana", ana.person());
    assertEquals("sql-agent", ana.agent());
    assertEquals(Set.of("analysts"), ana.groups());
    assertNull(tokens.verify(issued("one", "ana", "psql", List.of("x", "guard"))).agent());
    Principal other = tokens.verify(issued("two", "ana", "sql-agent", List.of("guard")));
    assertTrue(!other.account().equals(ana.account()), "two issuers, two accounts");
    assertEquals(
        TokenProblem.AUDIENCE, problem(tokens, issued("one", "ana", "a", List.of("console"))));
    assertEquals(
        TokenProblem.ISSUER, problem(tokens, issued("three", "ana", "a", List.of("guard"))));
  }

  @Test
  void tokenOfTheEndpoint_isAService() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.tokenEndpointUrl("one").toString()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&client_id=svc-etl&client_secret=s&scope=guard"))
            .build();
    String answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    String token =
        CompactToken.provided(answer.getBytes(StandardCharsets.UTF_8))
            .get("access_token")
            .textValue();
    Principal etl = tokens().verify(token);
    assertEquals("svc-etl", etl.service()); // whose token names no client
    assertNull(etl.person());
  }

  @Test
  void providerThatIsGone_leavesKnownKeys() throws Exception {
    Tokens tokens = tokens();
    String first = issued("one", "ana", "sql-agent", List.of("guard"));
    String second = issued("one", "bob", "sql-agent", List.of("guard"));
    assertEquals("ana", tokens.verify(first).subject());
    server.shutdown();
    assertEquals("ana", tokens.verify(first).subject());
    assertEquals("bob", tokens.verify(second).subject(), "a new token by a known key");
  }

  @Test
  void nobodyThere_isNoFaultOfTheToken() throws Exception {
    String token = issued("one", "ana", "sql-agent", List.of("guard"));
    GuardConfig config =
        config("issuers: [ { issuer: \"%s\", audience: guard } ]".formatted(issuer("one")));
    server.shutdown();
    assertEquals(TokenProblem.KEYS_UNAVAILABLE, problem(Tokens.of(config, DenyList.none()), token));
  }

  @Test
  void discoveryThatSpeaksForAnother_isNotBelieved() {
    String other = issuer("one") + "/";
    IOException told =
        assertThrows(IOException.class, () -> new Discovery(other, new Fetch()).ask());
    assertTrue(
        String.valueOf(told.getMessage()).contains("speaks for another issuer"), told.getMessage());
  }

  @Test
  void wrongConfiguration_isToldWithItsPlace() {
    Map<String, String> wrong =
        Map.of(
            "issuers: [ { issuer: x, audience: g, algorithms: [none] } ]", "algorithms",
            "issuers: [ { issuer: x, audience: g, algorithms: [HS256] } ]", "algorithms",
            "issuers: [ { issuer: x } ]", "identity.issuers.audience",
            "issuers: [ { issuer: x, audience: g, audiences: y } ]", "identity.issuers.audiences",
            "issuers: [ { issuer: x, audience: g, skew: 1h } ]", "skew",
            "issuers: [ { issuer: x, audience: g }, { issuer: x, audience: h } ]", "twice",
            "claimd: true", "claimed");
    wrong.forEach(
        (identity, word) -> {
          GuardConfigException told =
              assertThrows(GuardConfigException.class, () -> config(identity), identity);
          String message = String.valueOf(told.getMessage());
          assertTrue(message.contains("guard.yaml:") && message.contains(word), message);
        });
    for (String issuer : List.of("http://login.example", "ftp://localhost", "no address")) {
      assertThrows(
          GuardConfigException.class,
          () ->
              Tokens.check(config("issuers: [ { issuer: \"" + issuer + "\", audience: guard } ]")),
          issuer);
    }
  }
}
