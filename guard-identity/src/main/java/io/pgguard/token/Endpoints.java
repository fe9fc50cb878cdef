package io.pgguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgguard.IssuerConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a provider takes logins: by its discovery, asked for anew now and then; while it does not
 * answer, as it was known. Thread-safe; waits.
 */
final class Endpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

  private final IssuerConfig issuer;
  private final Fetch fetch;
  private final InstantSource clock;
  private volatile @Nullable Known known;

  Endpoints(IssuerConfig issuer, Fetch fetch, InstantSource clock) {
    this.issuer = issuer;
    this.fetch = fetch;
    this.clock = clock;
  }

  /**
   * @param authorization where browsers are sent
   * @param token where codes are redeemed
   * @param basic whether a client proves itself in the header, as is usual (Discovery 1.0, section
   *     3: where nothing is said)
   * @param read when it was asked for
   */
  record Known(URI authorization, URI token, boolean basic, Instant read) {}

  Known get() throws IOException {
    Known last = known;
    if (last != null && clock.instant().isBefore(last.read().plus(issuer.refresh()))) {
      return last;
    }
    try {
      Known now = ask();
      known = now;
      return now;
    } catch (IOException e) {
      if (last == null) {
        throw e;
      }
      LOG.warn("{} does not say anew where people log in; as it was known", issuer.issuer(), e);
      return last;
    }
  }

  private Known ask() throws IOException {
    JsonNode document = Discovery.document(issuer.issuer(), fetch);
    boolean basic = true;
    JsonNode methods = document.get("token_endpoint_auth_methods_supported");
    if (methods != null && methods.isArray()) {
      basic = false;
      for (JsonNode method : methods) {
        basic |= method.asText().equals("client_secret_basic");
      }
    }
    return new Known(
        address(document, "authorization_endpoint"),
        address(document, "token_endpoint"),
        basic,
        clock.instant());
  }

  private URI address(JsonNode document, String name) throws IOException {
    JsonNode text = document.get(name);
    try {
      URI address = URI.create(text == null ? "" : text.asText());
      if (Fetch.mayRead(address)) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(issuer.issuer() + ": " + name + " is no address: " + text, e);
    }
    throw new IOException(issuer.issuer() + ": " + name + " is no https address: " + text);
  }
}
