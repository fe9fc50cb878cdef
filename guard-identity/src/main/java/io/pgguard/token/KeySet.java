package io.pgguard.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a JWK Set (RFC 7517) that may sign tokens, by their id. Keys for encryption,
 * symmetric ones, RSA keys under 2048 bits and keys without an id are left out. Immutable.
 */
final class KeySet {
  private static final int LEAST_BITS = 2048;

  private final Map<String, List<JWK>> byId = new HashMap<>();

  private KeySet(JWKSet set) {
    for (JWK key : set.getKeys()) {
      if (key.getKeyID() != null && signs(key)) {
        byId.computeIfAbsent(key.getKeyID(), id -> new ArrayList<>()).add(key.toPublicJWK());
      }
    }
  }

  /**
   * Reads a set.
   *
   * @throws ParseException when it is none, or no key of it may sign
   */
  static KeySet read(String json) throws ParseException {
    KeySet set = new KeySet(JWKSet.parse(json));
    if (set.byId.isEmpty()) {
      throw new ParseException("no key of the set may sign tokens", 0);
    }
    return set;
  }

  private static boolean signs(JWK key) {
    boolean use = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
    boolean verifies =
        key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY);
    boolean kind = key instanceof ECKey || key instanceof RSAKey && key.size() >= LEAST_BITS;
    return use && verifies && kind;
  }

  /** The keys of an id; empty for none. */
  List<JWK> find(String keyId) {
    return byId.getOrDefault(keyId, List.of());
  }
}
