package io.pgguard.identity;

import java.util.Map;
import java.util.Objects;

/**
 * As what a session's statements run. Immutable.
 *
 * @param role the PostgreSQL role
 * @param settings settings that the session has from its beginning, and that nobody in it may set
 */
public record Standing(String role, Map<String, String> settings) {
  public Standing {
    Objects.requireNonNull(role, "role");
    settings = Map.copyOf(settings);
  }

  @Override
  public String toString() {
    return "role " + role + " with " + settings.keySet(); // values may be personal
  }
}
