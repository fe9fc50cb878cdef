package io.pgguard.proxy.login;

/** Says who stands behind a token. Thread-safe; may wait. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies a token.
   *
   * @throws TokenRefusedException when nobody stands behind it
   */
  Shown verify(String token) throws TokenRefusedException;
}
