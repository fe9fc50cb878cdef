package io.pgguard.judge;

import io.pgguard.mask.Mask;
import java.util.Set;

/**
 * What is done with an output, and why. Immutable.
 *
 * @param mask how it is masked
 * @param classId the class that asks for it, or {@code guard.derived}, {@code guard.unknown}
 * @param withheld whether every row gets the same, NULL or not: what is computed shows NULLs that a
 *     function chose
 */
public record OutputTreatment(Mask mask, String classId, boolean withheld) {
  /**
   * text, varchar, uuid, bytea: their pseudonyms are long, and stand for one form of a value each.
   */
  private static final Set<Integer> COLLISION_FREE = Set.of(25, 1043, 2950, 17);

  public static final OutputTreatment CLEAN = new OutputTreatment(new Mask.Null(), "", false);
  static final OutputTreatment DERIVED = withheld("guard.derived");
  static final OutputTreatment SYSTEM = withheld("guard.system");
  public static final OutputTreatment UNKNOWN = withheld("guard.unknown");

  /** Numbers in it are hidden: the lines of a plan over protected relations. */
  public static final OutputTreatment FIGURES =
      new OutputTreatment(new Mask.Redact(), "guard.figures", false);

  /** What a class says of its columns' own values. */
  static OutputTreatment masked(Mask mask, String classId) {
    return new OutputTreatment(mask, classId, false);
  }

  private static OutputTreatment withheld(String classId) {
    return new OutputTreatment(new Mask.Redact(), classId, true);
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
}
