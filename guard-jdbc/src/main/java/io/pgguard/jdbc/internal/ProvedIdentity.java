package io.pgguard.jdbc.internal;

import io.pgguard.Guard;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.identity.TokenVerifier;
import io.pgguard.token.Tokens;
import io.pgguard.wording.DriverWording;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asks by a token. The only class of the driver that needs the module guard-identity.
 * Thread-safe.
 */
final class ProvedIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(ProvedIdentity.class);
  private static final Map<Guard, TokenVerifier> VERIFIERS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private ProvedIdentity() {}

  /** What verifies the tokens of a Guard's configuration. */
  static TokenVerifier verifier(Guard guard) {
    return VERIFIERS.computeIfAbsent(guard, g -> Tokens.of(g.config(), g.denied()));
  }

  static Principal verify(Guard guard, String token) throws SQLException {
    if (guard.config().issuers().isEmpty()) {
      throw Told.of(DriverWording.NO_ISSUERS.say());
    }
    try {
      return verifier(guard).verify(token);
    } catch (TokenRefusedException e) {
      LOG.info("a token is not taken ({}): {}", e.problem(), e.getMessage());
      throw Told.of(DriverWording.TOKEN_NOT_TAKEN.say());
    }
  }
}
