package io.pgguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/**
 * Where a provider's keys are: OpenID Connect Discovery 1.0, section 4. Thread-safe; waits.
 *
 * @param issuer as a token names it
 * @param fetch reads an address
 */
record Discovery(String issuer, Fetch fetch) implements RemoteKeys.Provided {

  /** The document's address: behind the issuer, which may end with a slash. */
  static URI address(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + "/.well-known/openid-configuration");
  }

  @Override
  public KeySet ask() throws IOException {
    JsonNode document = document(issuer, fetch);
    JsonNode keys = document.get("jwks_uri");
    if (keys == null || !keys.isTextual()) {
      throw new IOException(address(issuer) + " names no jwks_uri");
    }
    return keysAt(keys.textValue(), fetch);
  }

  /** What a provider says of itself. */
  static JsonNode document(String issuer, Fetch fetch) throws IOException {
    JsonNode document = CompactToken.provided(fetch.get(address(issuer)));
    JsonNode named = document.get("issuer");
    if (named == null || !named.isTextual() || !named.textValue().equals(issuer)) {
      throw new IOException(
          address(issuer) + " speaks for another issuer: " + named + " is not " + issuer);
    }
    return document;
  }

  /** The keys at an address. */
  static KeySet keysAt(String address, Fetch fetch) throws IOException {
    try {
      return KeySet.read(new String(fetch.get(URI.create(address)), StandardCharsets.UTF_8));
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException(address + " gives no JWK Set with keys that sign", e);
    }
  }
}
