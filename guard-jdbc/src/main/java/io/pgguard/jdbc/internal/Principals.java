package io.pgguard.jdbc.internal;

import io.pgguard.Guard;
import io.pgguard.GuardContext;
import io.pgguard.IdentityConfig;
import io.pgguard.identity.Principal;
import io.pgguard.identity.TokenVerifier;
import io.pgguard.wording.DriverWording;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles who asks when a connection is opened: by the scope that it is opened in, where that says
 * so, and else by its properties. A subject never gets the groups that stand beside another.
 */
final class Principals {
  private static final Logger LOG = LoggerFactory.getLogger(Principals.class);
  private static final String SUBJECT = "guard.subject";
  private static final String GROUPS = "guard.groups";
  private static final String AGENT = "guard.agent";
  private static final String MODEL = "guard.model";

  /** Where it was said loudly that identity is claimed. */
  private static final Set<Path> SHOUTED = ConcurrentHashMap.newKeySet();

  private Principals() {}

  /** Who asks; proved where the connection shows a token. */
  static Principal of(GuardUrl url, Guard guard) throws SQLException {
    Optional<GuardContext> context = GuardContext.current();
    String shown = context.flatMap(GuardContext::token).orElse(null);
    if (shown != null) {
      return withSaid(
          proved(guard, shown),
          first(url, AGENT, context.flatMap(GuardContext::agent)),
          first(url, MODEL, context.flatMap(GuardContext::model)));
    }
    String token = url.property(GuardUrl.TOKEN);
    if (token != null) {
      return withSaid(proved(guard, token), url, context);
    }
    if (!IdentityConfig.takesClaims(guard.config())) {
      throw Told.of(DriverWording.NO_TOKEN.say());
    }
    String subject = first(url, SUBJECT, context.flatMap(GuardContext::subject));
    if (subject == null) {
      throw Told.of(DriverWording.NO_PRINCIPAL.say());
    }
    if (SHOUTED.add(guard.config().directory())) {
      LOG.warn(
          "who asks is CLAIMED by the application and proved by nothing (identity: claimed);"
              + " name identity.issuers to have it proved by tokens");
    }
    boolean ofContext = context.flatMap(GuardContext::subject).isPresent();
    return new Principal(
        subject,
        ofContext
            ? context.map(GuardContext::groups).orElse(Set.of())
            : groups(url.property(GROUPS)),
        first(url, AGENT, context.flatMap(GuardContext::agent)),
        first(url, MODEL, context.flatMap(GuardContext::model)));
  }

  /** What is said beside a token stands where the token says nothing, and nowhere else. */
  private static Principal withSaid(Principal proved, GuardUrl url, Optional<GuardContext> context)
      throws SQLException {
    String subject = first(url, SUBJECT, context.flatMap(GuardContext::subject));
    boolean groups =
        url.property(GROUPS) != null || context.filter(c -> !c.groups().isEmpty()).isPresent();
    if (subject != null && !subject.equals(proved.subject()) || groups) {
      throw Told.of(DriverWording.SAID_AND_PROVED.say());
    }
    String agent = first(url, AGENT, context.flatMap(GuardContext::agent));
    String model = first(url, MODEL, context.flatMap(GuardContext::model));
    return withSaid(proved, agent, model);
  }

  /** The same of a fresh token in a session in which something was said. */
  static Principal withSaid(Principal proved, @Nullable String agent, @Nullable String model) {
    return new Principal(
        proved.subject(),
        proved.groups(),
        proved.agent() == null ? agent : proved.agent(),
        proved.model() == null ? model : proved.model(),
        proved.person(),
        proved.service(),
        proved.proof());
  }

  private static Principal proved(Guard guard, String token) throws SQLException {
    try {
      return ProvedIdentity.verify(guard, token);
    } catch (NoClassDefFoundError e) { // guard-identity, or what it needs, is optional
      throw Told.of(DriverWording.NO_IDENTITY_MODULE.say(), e);
    }
  }

  /** What verifies the fresh tokens of a session; null where it began without one. */
  static @Nullable TokenVerifier renewing(Guard guard, Principal asks) {
    if (asks.proof().issuer() == null) {
      return null;
    }
    TokenVerifier verifier = ProvedIdentity.verifier(guard);
    return token -> withSaid(verifier.verify(token), asks.agent(), asks.model());
  }

  /** The scope is nearer to the caller than a pool's properties, so it wins. */
  private static @Nullable String first(GuardUrl url, String name, Optional<String> ofContext) {
    return ofContext.orElse(url.property(name));
  }

  private static Set<String> groups(@Nullable String list) {
    return list == null
        ? Set.of()
        : Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(g -> !g.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }
}
