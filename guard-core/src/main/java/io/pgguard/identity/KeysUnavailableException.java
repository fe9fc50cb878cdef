package io.pgguard.identity;

import org.jspecify.annotations.Nullable;

/**
 * Nobody can say whether a token is good, since its issuer's keys cannot be had. The token may be
 * shown again later.
 */
public final class KeysUnavailableException extends TokenRefusedException {
  private static final long serialVersionUID = 1L;

  public KeysUnavailableException(String reason) {
    this(reason, null);
  }

  public KeysUnavailableException(String reason, @Nullable Throwable cause) {
    super(TokenProblem.KEYS_UNAVAILABLE, reason, cause);
  }
}
