package io.pgguard.token;

import com.nimbusds.jose.jwk.JWK;
import io.pgguard.identity.TokenRefusedException;
import java.util.List;

/** The public keys of one issuer. Thread-safe; may wait. */
interface IssuerKeys {

  /**
   * The keys of that id; at least one.
   *
   * @throws io.pgguard.identity.KeysUnavailableException when nobody can say now
   * @throws TokenRefusedException when the issuer has none
   */
  List<JWK> find(String keyId) throws TokenRefusedException;

  /** The keys of that id as far as they are known without waiting; empty where that is unknown. */
  List<JWK> known(String keyId);

  /** Asks for the keys before somebody needs them. */
  default void warmUp() {}
}
