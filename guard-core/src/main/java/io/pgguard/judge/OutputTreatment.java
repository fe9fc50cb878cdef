package io.pgguard.judge;

import io.pgguard.lineage.Protection;
import io.pgguard.mask.Mask;
import io.pgguard.mask.Part;
import io.pgguard.policy.SensitiveClass;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is done with an output, and why. Immutable.
 *
 * @param mask how it is masked
 * @param classId the class that asks for it, or {@code guard.derived}, {@code guard.unknown}
 * @param withheld whether every row gets the same, NULL or not: what is computed shows NULLs that a
 *     function chose
 * @param parts what is done with each part instead, where the value's type has them; null where it
 *     is one whole
 */
public record OutputTreatment(Mask mask, String classId, boolean withheld, @Nullable Part parts) {
  /**
   * text, varchar, uuid, bytea: their pseudonyms are long, and stand for one form of a value each.
   */
  private static final Set<Integer> COLLISION_FREE = Set.of(25, 1043, 2950, 17);

  public static final OutputTreatment CLEAN = new OutputTreatment(new Mask.Null(), "", false, null);
  static final OutputTreatment DERIVED = withheld("guard.derived");
  static final OutputTreatment SYSTEM = withheld("guard.system");
  public static final OutputTreatment UNKNOWN = withheld("guard.unknown");

  /** Numbers in it are hidden: the lines of a plan over protected relations. */
  public static final OutputTreatment FIGURES =
      new OutputTreatment(new Mask.Redact(), "guard.figures", false, null);

  /** What a class says of its columns' own values. */
  static OutputTreatment masked(Mask mask, String classId) {
    return new OutputTreatment(mask, classId, false, null);
  }

  private static OutputTreatment withheld(String classId) {
    return new OutputTreatment(new Mask.Redact(), classId, true, null);
  }

  /** A value of which each part is treated for itself. */
  static OutputTreatment inParts(Part parts, String classId) {
    return new OutputTreatment(new Mask.Redact(), classId, true, parts);
  }

  /** What hides all that one of two treatments hides. */
  OutputTreatment strictest(OutputTreatment other) {
    if (clean()) {
      return other;
    }
    return parts == null || other.clean() || equals(other) ? this : DERIVED;
  }

  /** Whether it shows where a value is NULL. */
  boolean showsNulls() {
    return clean() || (!withheld && !(mask instanceof Mask.Null));
  }

  /**
   * Whether values look the same under it exactly where they are the same.
   *
   * @param typeOid the type of the values, under any domain
   */
  boolean showsIdentity(int typeOid) {
    return !withheld && mask instanceof Mask.Hash && COLLISION_FREE.contains(typeOid);
  }

  public boolean clean() {
    return this == CLEAN;
  }

  /** What is done with a column's own value. */
  static OutputTreatment of(Protection<SensitiveClass> protection) {
    SensitiveClass marked = protection.marked();
    boolean own = protection.kind() == Protection.Kind.MARKED;
    return marked == null ? SYSTEM : own ? masked(marked.mask(), marked.name()) : DERIVED;
  }
}
