package io.pgguard.console;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks for pages as a browser does: with cookies, along redirections, with a form's token. */
final class Browser {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final URI base;
  private String csrf = "";

  Browser(String base) {
    this.base = URI.create(base);
  }

  static Browser loggedIn(String link) throws IOException, InterruptedException {
    URI uri = URI.create(link);
    Browser browser = new Browser(uri.getScheme() + "://" + uri.getAuthority());
    String key = uri.getQuery().substring("key=".length());
    HttpResponse<String> in = browser.post("/login/link", Map.of("key", key));
    if (!in.body().contains("Log out")) {
      throw new IOException("not logged in: " + in.statusCode() + " " + in.body());
    }
    return browser;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/html").GET());
  }

  /** Sends a form with the token of the page that was seen last. */
  HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String form =
        fields.entrySet().stream()
            .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("csrf=" + csrf + "&" + form)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    Matcher token = CSRF.matcher(response.body());
    if (token.find()) {
      csrf = token.group(1);
    }
    return response;
  }

  HttpClient client() {
    return client;
  }

  URI base() {
    return base;
  }
}
