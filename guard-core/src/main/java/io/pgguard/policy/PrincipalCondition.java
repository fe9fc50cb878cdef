package io.pgguard.policy;

import io.pgguard.identity.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as a rule wants to know: all of what is given must hold. Immutable and
 * thread-safe.
 *
 * @param groups any of these groups of the principal; empty for all
 * @param notGroups none of these
 * @param agents any of these agents, by pattern; empty for all
 * @param models any of these models, by pattern; empty for all
 */
record PrincipalCondition(
    Set<String> groups, Set<String> notGroups, List<WordPattern> agents, List<WordPattern> models) {
  /** Anybody. */
  static final PrincipalCondition ANYBODY =
      new PrincipalCondition(Set.of(), Set.of(), List.of(), List.of());

  PrincipalCondition {
    groups = Set.copyOf(groups);
    notGroups = Set.copyOf(notGroups);
    agents = List.copyOf(agents);
    models = List.copyOf(models);
  }

  /** Whether a principal is meant. */
  boolean matches(Principal principal) {
    return (groups.isEmpty() || !Collections.disjoint(groups, principal.groups()))
        && (notGroups.isEmpty() || Collections.disjoint(notGroups, principal.groups()))
        && (agents.isEmpty() || names(agents, principal.agent()))
        && (models.isEmpty() || names(models, principal.model()));
  }

  private static boolean names(List<WordPattern> patterns, @Nullable String word) {
    if (word == null) {
      return false;
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(word)) {
        return true;
      }
    }
    return false;
  }
}
