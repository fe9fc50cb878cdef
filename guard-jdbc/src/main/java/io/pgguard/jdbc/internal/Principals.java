package io.pgguard.jdbc.internal;

import io.pgguard.GuardContext;
import io.pgguard.identity.Principal;
import io.pgguard.wording.DriverWording;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Settles who asks when a connection is opened: from its properties, or from the scope it is opened
 * in.
 */
final class Principals {
  private Principals() {}

  static Principal of(GuardUrl url) throws SQLException {
    Optional<GuardContext> context = GuardContext.current();
    String subject = first(url, "guard.subject", context.flatMap(GuardContext::subject));
    if (subject == null) {
      throw Told.of(DriverWording.NO_PRINCIPAL.say());
    }
    return new Principal(
        subject,
        groups(url.property("guard.groups")),
        first(url, "guard.agent", context.flatMap(GuardContext::agent)),
        first(url, "guard.model", context.flatMap(GuardContext::model)));
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
