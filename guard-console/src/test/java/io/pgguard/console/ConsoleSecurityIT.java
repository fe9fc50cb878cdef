package io.pgguard.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pgguard.identity.Principal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the console lets in, and what every answer of it carries. */
@Timeout(120)
class ConsoleSecurityIT {
  private static final List<String> ALWAYS =
      List.of("content-security-policy", "x-content-type-options", "x-frame-options");

  @TempDir static Path directory;
  private static ConsoleWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = new ConsoleWorld(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static int port() {
    return URI.create(world.console().url()).getPort();
  }

  /** What a raw request is answered with. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String path, String host, String more) throws IOException {
    return raw(
        "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "Connection: close\r\n\r\n");
  }

  private static String own() {
    return "127.0.0.1:" + port();
  }

  @Test
  void everyAnswer_carriesTheHeaders() throws Exception {
    List<String> answers =
        List.of(
            get("/login", own(), ""),
            get("/waiting", own(), ""),
            get("/no-such-page", own(), ""),
            get("/assets/nothing", own(), ""),
            get("/%2e%2e%2fetc", own(), ""),
            get("/%00", own(), ""),
            get("/%zz", own(), ""),
            get("/waiting", "evil.example.com", ""),
            get("/" + "x".repeat(20_000), own(), ""),
            raw("GET /login HTTP/1.1\r\nHost: " + own() + "\r\nBroken header\r\n\r\n"),
            raw("GARBAGE\r\n\r\n"),
            raw("GET /login HTTP/9.9\r\nHost: " + own() + "\r\n\r\n"),
            raw("GET /login HTTP/1.1\r\n\r\n"));
    for (String answer : answers) {
      String head = answer.split("\r\n\r\n", 2)[0];
      for (String header : ALWAYS) {
        assertTrue(head.toLowerCase().contains(header), () -> header + " is missing in\n" + answer);
      }
      assertFalse(head.toLowerCase().contains("\nserver:"), head);
      assertFalse(answer.contains("jetty"), answer);
      assertFalse(answer.contains("at io."), answer);
    }
  }

  @Test
  void anotherName_isNotServed() throws Exception {
    assertTrue(get("/login", "evil.example.com:" + port(), "").startsWith("HTTP/1.1 421"));
    assertTrue(get("/login", "localhost:" + port(), "").startsWith("HTTP/1.1 200"));
  }

  @Test
  void theCookie_isStrict_andAnotherOneAfterEachLogin() throws Exception {
    HttpResponse<String> first = login(world.console().loginLink(ConsoleWorld.DAN), "");
    String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HttpOnly"), cookie);
    assertTrue(cookie.contains("SameSite=Strict"), cookie);
    assertTrue(cookie.contains("Path=/"), cookie);
    assertFalse(cookie.contains("Domain"), cookie);
    String laid = cookie.split(";")[0];
    HttpResponse<String> second = login(world.console().loginLink(ConsoleWorld.DAN), laid);
    String fresh = second.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    assertNotEquals(laid, fresh, "whoever laid the cookie out has nothing from it");
    assertTrue(get("/waiting", own(), "Cookie: " + laid + "\r\n").startsWith("HTTP/1.1 303"));
    assertTrue(get("/waiting", own(), "Cookie: " + fresh + "\r\n").startsWith("HTTP/1.1 200"));
  }

  private static HttpResponse<String> login(String link, String cookie) throws Exception {
    String key = URI.create(link).getQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(world.console().url() + "/login/link"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(key));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return java.net.http.HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aLink_worksOnce_andLookingAtItDoesNotUseItUp() throws Exception {
    String link = world.console().loginLink(ConsoleWorld.DAN);
    Browser looking = new Browser(world.console().url());
    assertEquals(200, looking.get(link).statusCode());
    assertEquals(303, login(link, "").statusCode());
    assertEquals(403, login(link, "").statusCode());
    assertFalse(world.logged("ConsoleAccess", "login refused").isEmpty());
    assertTrue(world.logged(URI.create(link).getQuery()).isEmpty(), "the key is in the log");
    int status = 0;
    for (int i = 0; i < 40 && status != 429; i++) {
      status = login("http://x/?key=wrong" + i, "").statusCode();
    }
    assertEquals(429, status, "who guesses is slowed down");
    assertEquals(303, login(world.console().loginLink(ConsoleWorld.DAN), "").statusCode());
  }

  @Test
  void aForm_needsItsToken_andAPageOfOurs() throws Exception {
    Browser dan = world.loggedIn(ConsoleWorld.DAN);
    URI logout = dan.base().resolve("/logout");
    HttpRequest.Builder bare =
        HttpRequest.newBuilder(logout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("csrf=wrong"));
    assertEquals(403, dan.send(bare).statusCode());
    HttpRequest.Builder foreign =
        HttpRequest.newBuilder(dan.base().resolve("/login/link"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", "https://evil.example.com")
            .POST(HttpRequest.BodyPublishers.ofString("key=x"));
    assertEquals(403, dan.send(foreign).statusCode());
    assertEquals(200, dan.get("/waiting").statusCode());
    dan.post("/logout", Map.of());
    assertTrue(dan.get("/waiting").body().contains("<h1>Log in</h1>"));
  }

  @Test
  void whoHasNoRole_isNotLetIn_andOthersSeeTheirOwnPagesAlone() throws Exception {
    Principal nobody = new Principal("nix@example.com", Set.of("guests"), null, null);
    assertThrows(IllegalArgumentException.class, () -> world.console().loginLink(nobody));
    Browser ola = world.loggedIn(ConsoleWorld.OLA);
    assertEquals(403, ola.get("/waiting").statusCode());
    assertFalse(world.logged("ConsoleAccess", "refused", "ola@example.com").isEmpty());
  }

  @Test
  void anOpenPage_isToldWhatIsNew() throws Exception {
    Browser dan = world.loggedIn(ConsoleWorld.EVE);
    HttpRequest open =
        HttpRequest.newBuilder(dan.base().resolve("/waiting/events"))
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<java.io.InputStream> stream =
        dan.client().send(open, HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(
        "text/event-stream", stream.headers().firstValue("Content-Type").orElse("").split(";")[0]);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertTrue(until(lines, "Nothing waits").contains("event: waiting"));
      Thread asks = new Thread(ConsoleSecurityIT::ask);
      asks.start();
      until(lines, "told by itself");
      world.proxy().guard().approvals().refuse(world.waiting(), ConsoleWorld.DAN, "seen");
      until(lines, "Nothing waits");
      asks.join();
    }
    assertEquals(
        406, dan.send(HttpRequest.newBuilder(open.uri()).header("Accept", "*/*")).statusCode());
  }

  private static String until(BufferedReader lines, String word) {
    StringBuilder seen = new StringBuilder();
    return lines
        .lines()
        .peek(line -> seen.append(line).append('\n'))
        .filter(line -> line.contains(word))
        .findFirst()
        .map(line -> seen.toString())
        .orElseThrow();
  }

  private static void ask() {
    try (java.sql.Connection connection = world.connect("ana");
        java.sql.Statement statement = connection.createStatement()) {
      assertThrows(
          java.sql.SQLException.class,
          () -> statement.executeUpdate("UPDATE notes SET body = 'told by itself'"));
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
