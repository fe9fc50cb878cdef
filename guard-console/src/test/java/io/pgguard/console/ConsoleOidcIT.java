package io.pgguard.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.nimbusds.oauth2.sdk.TokenRequest;
import io.pgguard.GuardConfig;
import io.pgguard.GuardConfigException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to the console at a provider that runs. */
@Timeout(120)
class ConsoleOidcIT {
  private static final String CLIENT = "guard-console";

  @TempDir static Path directory;
  private static final MockOAuth2Server PROVIDER = new MockOAuth2Server();
  private static ConsoleWorld world;

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @BeforeAll
  static void start() throws Exception {
    PROVIDER.start();
    Files.writeString(directory.resolve("denied.txt"), "subject gone@example.com\n");
    world =
        new ConsoleWorld(
            directory,
            """
            identity:
              denied: denied.txt
              issuers:
                - { issuer: "%s", audience: guard, person: employee, services: { claim: sub, like: "svc-*" } }
            """
                .formatted(issuer()),
            "oidc: { issuer: \"%s\", client: %s, secret: { value: s3cret } }"
                .formatted(issuer(), CLIENT));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
    PROVIDER.shutdown();
  }

  private static String issuer() {
    return PROVIDER.issuerUrl("people").toString();
  }

  /** The provider's next ID token. */
  private static void next(String subject, Map<String, Object> claims) {
    PROVIDER.enqueueCallback(
        new DefaultOAuth2TokenCallback("people", subject, "JWT", List.of(CLIENT), claims, 300) {
          @Override
          public Map<String, Object> addClaims(TokenRequest request) {
            return claims; // as they are: the usual one always tells the client
          }
        });
  }

  private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
    Map<String, Object> changed = new HashMap<>(claims);
    changed.put(name, value);
    return changed;
  }

  private HttpResponse<String> get(URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).header("Accept", "text/html").build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(URI.create(world.console().url() + path));
  }

  private static URI to(HttpResponse<String> redirecting) {
    return URI.create(redirecting.headers().firstValue("Location").orElseThrow());
  }

  /** Begins a login, and is sent back by the provider: to where. */
  private URI back() throws Exception {
    HttpResponse<String> begun = get("/login/oidc");
    assertEquals(303, begun.statusCode(), begun.body());
    return to(get(to(begun)));
  }

  private void assertRefused(HttpResponse<String> answer, String problem) throws Exception {
    assertEquals(403, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("You could not be logged in"), answer.body());
    assertEquals(303, get("/").statusCode(), "nobody is logged in");
    assertFalse(world.logged("ConsoleAccess", "login refused", problem).isEmpty(), problem);
  }

  @Test
  void person_isLoggedIn_withTheRolesOfTheGroups() throws Exception {
    assertTrue(get("/login").body().contains("/login/oidc"));
    next("dan", Map.of("employee", "e-7", "groups", List.of("dba")));
    HttpResponse<String> in = get(back());
    assertEquals(200, in.statusCode(), in.body());
    assertTrue(in.body().contains("You are dan"), in.body());
    HttpCookie visit =
        cookies.getCookieStore().getCookies().stream()
            .filter(cookie -> cookie.getName().equals("guard-visit"))
            .findFirst()
            .orElseThrow();
    assertTrue(visit.isHttpOnly());
    assertEquals(200, get("/waiting").statusCode());
    assertEquals(403, get("/sessions").statusCode(), "a reviewer is no auditor");
    assertFalse(world.logged("ConsoleAccess", "\"login\"", "oidc", "e-7").isEmpty());
  }

  @Test
  void answer_thatThisBrowserDidNotAskFor_isRefused() throws Exception {
    URI back = back();
    cookies.getCookieStore().removeAll();
    assertRefused(get(back), "LOGIN"); // somebody else's link, opened here
    URI other = back();
    String state = other.getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    assertRefused(
        get(URI.create(other.toString().replace(state, state.replaceFirst("^.", "z")))), "LOGIN");
    String made = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.x";
    HttpRequest own =
        HttpRequest.newBuilder(URI.create(other.toString().replace(state, made)))
            .header("Cookie", "guard-login=" + made)
            .build();
    HttpResponse<String> forged =
        HttpClient.newHttpClient().send(own, HttpResponse.BodyHandlers.ofString());
    assertEquals(403, forged.statusCode(), "a state that the console did not make");
  }

  @Test
  void code_isGoodOnce() throws Exception {
    next("dan", Map.of("employee", "e-7", "groups", List.of("dba")));
    HttpResponse<String> begun = get("/login/oidc");
    String kept = begun.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    URI back = to(get(to(begun)));
    assertEquals(200, get(back).statusCode());
    HttpRequest again = HttpRequest.newBuilder(back).header("Cookie", kept).build();
    HttpResponse<String> second =
        HttpClient.newHttpClient().send(again, HttpResponse.BodyHandlers.ofString());
    assertEquals(403, second.statusCode(), second.body());
  }

  @Test
  void idToken_thatProvesNobodyHere_isRefused() throws Exception {
    Map<String, Object> good = Map.of("employee", "e-7", "groups", List.of("dba"));
    next("dan", with(good, "aud", "another"));
    assertRefused(get(back()), "AUDIENCE");
    next("dan", with(good, "exp", 1_000_000_000L));
    assertRefused(get(back()), "EXPIRED");
    next("dan", with(good, "nonce", "another"));
    assertRefused(get(back()), "LOGIN");
    next("dan", Map.of("groups", List.of("dba")));
    assertRefused(get(back()), "PERSON"); // who could approve what the same person asks for
    next("svc-etl", good);
    assertRefused(get(back()), "SUBJECT");
    next("dan", with(good, "azp", "another"));
    assertRefused(get(back()), "CLIENT");
    next("gone@example.com", good);
    HttpResponse<String> denied = get(back());
    assertEquals(403, denied.statusCode());
    assertFalse(world.logged("login refused", "denied").isEmpty());
    next("dan", with(good, "groups", List.of("sales")));
    HttpResponse<String> nothing = get(back());
    assertEquals(403, nothing.statusCode());
    assertTrue(nothing.body().contains("give you no role here"), nothing.body());
  }

  @Test
  void providerThatRefuses_letsNobodyIn() throws Exception {
    HttpResponse<String> begun = get("/login/oidc");
    String state = to(begun).getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    assertRefused(get("/login/oidc/back?error=access_denied&state=" + state), "LOGIN");
    HttpResponse<String> other = get("/login/oidc");
    String next = to(other).getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
    assertRefused(
        get("/login/oidc/back?code=x&iss=https%3A%2F%2Fevil.example&state=" + next), "ISSUER");
  }

  @Test
  void revoked_whoIsLoggedIn_isOut() throws Exception {
    next("eve", Map.of("employee", "e-9", "groups", List.of("dba")));
    assertEquals(200, get(back()).statusCode());
    assertEquals(200, get("/waiting").statusCode());
    Files.writeString(directory.resolve("denied.txt"), "subject gone@example.com\nsubject eve\n");
    while (get("/waiting").statusCode() == 200) {
      Thread.onSpinWait();
    }
    assertEquals(303, get("/waiting").statusCode());
  }

  /** The provider is another site than the console to a browser: localhost is not 127.0.0.1. */
  @Test
  void inABrowser_thatComesBackFromAnotherSite_thePersonIsLoggedIn() {
    try (Chromium chromium = Chromium.start()) {
      next("dan", Map.of("employee", "e-7", "groups", List.of("dba")));
      Page page = chromium.browser().newPage();
      page.navigate(world.console().url() + "/waiting"); // nobody yet: the login page
      page.click("text=Log in with");
      page.click("text=Go on to the console");
      page.waitForURL(world.console().url() + "/");
      assertTrue(page.textContent("body").contains("Log out"), page.textContent("body"));
    }
  }

  @Test
  void configuration_thatMixesLoginsWithTokens_isRefused() throws Exception {
    String config = Files.readString(directory.resolve("guard.yaml"));
    Path changed = directory.resolve("changed.yaml");
    Files.writeString(changed, config.replace("client: guard-console", "client: guard"));
    GuardConfigException same =
        assertThrows(GuardConfigException.class, () -> Console.check(GuardConfig.read(changed)));
    assertTrue(String.valueOf(same.getMessage()).contains("client of its own"));
    Files.writeString(changed, config.replace("oidc: { issuer: \"", "oidc: { issuer: \"x"));
    GuardConfigException unknown =
        assertThrows(GuardConfigException.class, () -> Console.check(GuardConfig.read(changed)));
    assertTrue(String.valueOf(unknown.getMessage()).contains("identity.issuers"));
    Files.writeString(changed, config.replaceFirst("oidc: .*", ""));
    GuardConfigException none =
        assertThrows(GuardConfigException.class, () -> GuardConfig.read(changed));
    assertTrue(String.valueOf(none.getMessage()).contains("oidc or link"));
  }
}
