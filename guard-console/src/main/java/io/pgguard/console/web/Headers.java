package io.pgguard.console.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * The headers of every answer, also of those that the web server makes by itself: what it cannot
 * parse never gets to a page's code. Thread-safe.
 */
final class Headers extends Handler.Wrapper {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Map<String, String> headers = new LinkedHashMap<>();

  private Headers(boolean secure) {
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    headers.put("Cache-Control", "no-store");
    if (secure) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
  }

  /** Puts them round a server. */
  static void around(Server server, boolean secure) {
    Headers made = new Headers(secure);
    server.insertHandler(made);
    server.setErrorHandler(made.new Plain());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    set(response.getHeaders());
    return super.handle(request, response, callback);
  }

  private void set(HttpFields.Mutable fields) {
    headers.forEach(fields::put);
  }

  /** Errors of the server's own, in one plain sentence. */
  private final class Plain extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      set(response.getHeaders());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
      response.write(true, text(response.getStatus()), callback);
      return true;
    }

    private static ByteBuffer text(int status) {
      String sentence = "The console cannot answer this request (" + status + ").\n";
      return ByteBuffer.wrap(sentence.getBytes(StandardCharsets.UTF_8));
    }
  }
}
