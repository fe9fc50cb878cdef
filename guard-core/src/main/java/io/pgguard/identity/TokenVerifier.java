package io.pgguard.identity;

/** Says who stands behind a token. Thread-safe; may wait. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies a token.
   *
   * @throws KeysUnavailableException when nobody can say now
   * @throws TokenRefusedException when nobody stands behind it
   */
  Principal verify(String token) throws TokenRefusedException;
}
