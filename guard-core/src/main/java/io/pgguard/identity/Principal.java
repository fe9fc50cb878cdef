package io.pgguard.identity;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Immutable.
 *
 * @param subject the identity, as its issuer writes it; never empty
 * @param groups the groups that it belongs to
 * @param agent the agent that asks for it, or null when a person asks
 * @param model the model behind the agent, or null
 */
public record Principal(
    String subject, Set<String> groups, @Nullable String agent, @Nullable String model) {
  public Principal {
    Objects.requireNonNull(subject, "subject");
    if (subject.isBlank()) {
      throw new IllegalArgumentException("a principal needs a subject");
    }
    groups = Set.copyOf(groups);
  }
}
