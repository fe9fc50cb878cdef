package io.pgguard.audit;

import java.util.Objects;

/**
 * A column of a result that the client saw masked, or would have under a policy that does more than
 * observe. Immutable.
 *
 * @param position its place in the result, from 0
 * @param name its label
 * @param classId the class that asks for the mask, such as {@code pii.ssn}; a built-in reason
 *     begins with {@code guard.}
 * @param mask the mask's name
 * @param observed whether the policy only observes, and the client saw the column as it is
 */
public record MaskedColumn(
    int position, String name, String classId, String mask, boolean observed) {
  public MaskedColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(classId, "classId");
    Objects.requireNonNull(mask, "mask");
  }

  /** One that the client saw masked. */
  public MaskedColumn(int position, String name, String classId, String mask) {
    this(position, name, classId, mask, false);
  }
}
