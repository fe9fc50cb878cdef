package io.pgguard.pgwire.opening.server;

import java.util.Map;
import java.util.Objects;

/**
 * What a connection to the server is opened with.
 *
 * @param settings {@code user}, {@code database} and every setting of the startup packet
 * @param password the credential; never printed
 * @param tls whether nothing is sent before the connection is encrypted
 */
public record ServerRequest(Map<String, String> settings, String password, boolean tls) {
  public ServerRequest {
    settings = Map.copyOf(settings);
    Objects.requireNonNull(settings.get("user"), "user");
    Objects.requireNonNull(password, "password");
  }

  String user() {
    return Objects.requireNonNull(settings.get("user"), "user");
  }

  @Override
  public String toString() {
    return "ServerRequest[" + settings.get("user") + "@" + settings.get("database") + "]";
  }
}
