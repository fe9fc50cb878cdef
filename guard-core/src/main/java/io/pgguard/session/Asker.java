package io.pgguard.session;

import io.pgguard.audit.AuditEvent;
import io.pgguard.identity.DenyList;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenProblem;
import io.pgguard.identity.TokenRefusedException;
import io.pgguard.identity.TokenVerifier;
import io.pgguard.plan.TextPlan;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TransactionAction;
import io.pgguard.wording.SessionWording;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asks in one session, and whether that still holds: what a token proved is over when it
 * expires or is revoked, and goes on with a fresh one of the same principal. Used by the session's
 * thread, but for {@link #principal} and {@link #revoked}.
 */
final class Asker {
  private static final Logger LOG = LoggerFactory.getLogger(Asker.class);

  private final String session;
  private final @Nullable TokenVerifier tokens;
  private final DenyList denied;
  private final Supplier<Instant> clock;
  private final Consumer<AuditEvent> log;
  private volatile Principal principal;

  Asker(
      String session,
      SessionRequest request,
      DenyList denied,
      Supplier<Instant> clock,
      Consumer<AuditEvent> log) {
    this.session = session;
    this.principal = request.principal();
    this.tokens = request.tokens();
    this.denied = denied;
    this.clock = clock;
    this.log = log;
  }

  Principal principal() {
    return principal;
  }

  boolean revoked() {
    return denied.denies(principal);
  }

  /** Why the principal may run nothing now; null where it may. */
  @Nullable Refusal over() {
    if (revoked()) {
      return Refusal.of(SessionWording.REVOKED.say());
    }
    Instant expires = principal.proof().expires();
    if (expires == null || clock.get().isBefore(expires)) {
      return null;
    }
    return Refusal.of(SessionWording.TOKEN_EXPIRED.say(expires.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** The same for a text: undoing what is not done yet needs no leave. */
  @Nullable Refusal over(TextPlan text) {
    Refusal over = over();
    return over != null && !undoes(text) ? over : null;
  }

  private static boolean undoes(TextPlan text) {
    return text.parts().stream()
        .allMatch(
            part ->
                part.facts().kind() == StatementKind.TRANSACTION
                    && part.facts()
                        .transaction()
                        .filter(action -> action == TransactionAction.ROLLBACK)
                        .isPresent());
  }

  /**
   * Takes a fresh token for what has expired or will.
   *
   * @return why it is not taken; empty where it is
   */
  Optional<Refusal> present(String token) {
    try {
      if (tokens == null) {
        throw new TokenRefusedException(TokenProblem.NOT_TAKEN, "this session began without one");
      }
      Principal fresh = tokens.verify(token);
      if (!principal.mayBeRenewedBy(fresh)
          || !principal.proof().claims().equals(fresh.proof().claims())) {
        throw new TokenRefusedException(
            TokenProblem.ANOTHER,
            "it is of another account, person, agent or service, or of other groups or"
                + " claims, than those whose session this is");
      }
      log.accept(new AuditEvent.SessionRenewed(session, clock.get(), fresh));
      principal = fresh;
      return Optional.empty();
    } catch (TokenRefusedException e) {
      LOG.info(
          "session {}: a fresh token is not taken ({}): {}", session, e.problem(), e.getMessage());
      return Optional.of(Refusal.of(SessionWording.TOKEN_NOT_TAKEN.say()));
    }
  }
}
