package io.pgguard.policy;

import java.util.Set;

/**
 * Who must approve.
 *
 * @param groups any of these; empty for anybody but the requester
 * @param count how many different people, at least 1
 */
public record Approvers(Set<String> groups, int count) {
  public Approvers {
    groups = Set.copyOf(groups);
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, not " + count);
    }
  }
}
