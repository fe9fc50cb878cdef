package io.pgguard.jdbc.internal;

import io.pgguard.GuardContext;
import io.pgguard.identity.Principal;
import io.pgguard.wording.DriverWording;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the scope in force means for the statements of one connection. Not thread-safe beyond what
 * JDBC asks of a connection.
 *
 * @param required whether no statement runs outside of a scope that says who asks
 * @param ofScope whether the connection's principal was named by the scope that it was opened in: a
 *     pool that was built there must not hand it to others
 */
record ScopeUse(boolean required, boolean ofScope) {

  /** Of a connection that is about to be opened. */
  static ScopeUse of(GuardUrl url) throws SQLException {
    String scope = url.property(GuardUrl.SCOPE);
    if (scope != null && !scope.equals("required")) {
      throw Told.of(DriverWording.PROPERTY.say("guard.scope is `required` or left out"));
    }
    GuardContext context = GuardContext.current().orElse(null);
    return new ScopeUse(scope != null, context != null && context.namesWho());
  }

  /** Whether statements run as whoever the scope names, and the connection is another's. */
  boolean belongsToAnother(Principal principal) {
    GuardContext context = GuardContext.current().orElse(null);
    return required
        && context != null
        && context.subject().isPresent()
        && !context.agreesWith(principal);
  }

  /**
   * Something runs.
   *
   * @throws SQLException where the scope in force is not the principal's
   */
  void check(Principal principal) throws SQLException {
    GuardContext context = GuardContext.current().orElse(null);
    if (context != null && !context.agreesWith(principal)) {
      throw Told.of(DriverWording.OTHER_PRINCIPAL.say(principal.subject()));
    }
  }

  /**
   * A statement is made or runs.
   *
   * @throws SQLException where no scope says who asks, and one has to
   */
  void checkNamed() throws SQLException {
    GuardContext context = GuardContext.current().orElse(null);
    if (context != null && context.namesWho()) {
      return;
    }
    if (required) {
      throw Told.of(DriverWording.NO_SCOPE.say());
    } else if (ofScope) {
      throw Told.of(DriverWording.SCOPE_LEFT.say());
    }
  }

  /** The token of the scope in force; null where it shows none. */
  static @Nullable String token() {
    return GuardContext.current().flatMap(GuardContext::token).orElse(null);
  }
}
