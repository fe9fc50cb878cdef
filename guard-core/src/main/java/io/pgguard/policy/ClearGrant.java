package io.pgguard.policy;

import io.pgguard.identity.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Who sees which classes unmasked. Immutable and thread-safe.
 *
 * @param groups any of these groups; exact
 * @param classes the classes, by pattern
 */
public record ClearGrant(Set<String> groups, List<WordPattern> classes) {
  public ClearGrant {
    groups = Set.copyOf(groups);
    classes = List.copyOf(classes);
  }

  /** Whether it lets a principal see a class. */
  public boolean clears(Principal principal, String className) {
    return !Collections.disjoint(groups, principal.groups())
        && classes.stream().anyMatch(pattern -> pattern.matches(className));
  }
}
