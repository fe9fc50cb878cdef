package io.pgguard.proxy.login;

import io.pgguard.identity.Principal;

/** Says who stands behind a token. Thread-safe; may wait. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies a token.
   *
   * @throws TokenRefusedException when nobody stands behind it
   */
  Principal verify(String token) throws TokenRefusedException;
}
