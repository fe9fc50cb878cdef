package io.pgguard.policy;

import io.pgguard.identity.Principal;
import io.pgguard.mask.Mask;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Columns that are sensitive in one way. Immutable and thread-safe.
 *
 * @param name its name, such as {@code pii.ssn}
 * @param columns the columns, by pattern
 * @param mask what is done to them for those who are not cleared
 * @param masks what is done to them instead for members of groups; the first that fits
 */
public record SensitiveClass(
    String name, List<ColumnPattern> columns, Mask mask, List<GroupMask> masks) {
  /** The class of columns that nobody has looked at. */
  public static final String UNREVIEWED = "guard.unreviewed";

  /**
   * A mask for members of groups.
   *
   * @param groups any of these groups; exact
   * @param mask what is done for them
   */
  public record GroupMask(Set<String> groups, Mask mask) {
    public GroupMask {
      groups = Set.copyOf(groups);
      Objects.requireNonNull(mask, "mask");
    }
  }

  /** A class of which everybody sees the same. */
  public SensitiveClass(String name, List<ColumnPattern> columns, Mask mask) {
    this(name, columns, mask, List.of());
  }

  public SensitiveClass {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(mask, "mask");
    columns = List.copyOf(columns);
    masks = List.copyOf(masks);
  }

  /** The class with the mask alone that a principal sees. */
  SensitiveClass seenBy(Principal principal) {
    if (masks.isEmpty()) {
      return this;
    }
    for (GroupMask one : masks) {
      if (!Collections.disjoint(one.groups(), principal.groups())) {
        return new SensitiveClass(name, columns, one.mask());
      }
    }
    return new SensitiveClass(name, columns, mask);
  }

  /** Whether a column belongs to it. */
  public boolean holds(String schema, String relation, String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).matches(schema, relation, column)) {
        return true;
      }
    }
    return false;
  }
}
