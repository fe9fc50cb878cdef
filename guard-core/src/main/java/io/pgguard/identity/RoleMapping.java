package io.pgguard.identity;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The PostgreSQL role that the statements of a group run as. Immutable and thread-safe.
 *
 * @param groups any of these groups; exact; empty for everybody
 * @param role the role's name, exactly as in {@code pg_roles}
 * @param settings settings of the session, each by the proved claim that it gets its value from
 */
public record RoleMapping(Set<String> groups, String role, Map<String, String> settings) {
  public RoleMapping {
    groups = Set.copyOf(groups);
    settings = Map.copyOf(settings);
    Objects.requireNonNull(role, "role");
    if (role.isBlank()) {
      throw new IllegalArgumentException("a role mapping needs the name of a PostgreSQL role");
    }
  }

  /** One that comes without settings. */
  public RoleMapping(Set<String> groups, String role) {
    this(groups, role, Map.of());
  }

  /** Whether it speaks for a principal. */
  public boolean matches(Principal principal) {
    return groups.isEmpty() || !Collections.disjoint(groups, principal.groups());
  }
}
