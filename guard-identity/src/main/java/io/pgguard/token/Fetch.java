package io.pgguard.token;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of a provider: over TLS, or without from this machine alone; bounded in size and
 * time; no redirects, which could lead anywhere. Thread-safe; waits.
 */
final class Fetch {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 512 << 10;

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Whether an address may be read. */
  static boolean mayRead(URI address) {
    String scheme = address.getScheme();
    String host = address.getHost();
    if (scheme == null || host == null) {
      return false;
    }
    return scheme.equals("https") || scheme.equals("http") && isLoopback(host);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  byte[] get(URI address) throws IOException {
    Answer answer = send(to(address).GET().build());
    if (answer.status() != 200) {
      throw new IOException(address + " answered with status " + answer.status());
    }
    return answer.body();
  }

  /**
   * What a provider answers.
   *
   * @param status the HTTP status
   * @param body bounded
   */
  record Answer(int status, byte[] body) {}

  /**
   * Sends a form.
   *
   * @param authorization the header of that name, or null
   */
  Answer post(URI address, Map<String, String> form, @Nullable String authorization)
      throws IOException {
    HttpRequest.Builder request =
        to(address)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(form)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request.build());
  }

  /** Fields as a query or a form has them. */
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** A client's credential; both parts are encoded first (RFC 6749, section 2.3.1). */
  static String basic(String client, String secret) {
    String both = encoded(client) + ":" + encoded(secret);
    byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder to(URI address) throws IOException {
    if (!mayRead(address)) {
      throw new IOException(address + " is no https address");
    }
    return HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept", "application/json");
  }

  private Answer send(HttpRequest request) throws IOException {
    URI address = request.uri();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BoundedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> response = answer.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      throw new IOException(address + " does not answer: " + e.getCause(), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException(address + " takes too long to answer", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + address + " was read", e);
    }
  }
}
