package io.pgguard.audit;

import java.util.Objects;

/**
 * A column of a result that the client saw masked. Immutable.
 *
 * @param position its place in the result, from 0
 * @param name its label
 * @param classId the class that asks for the mask, such as {@code pii.ssn}; a built-in reason
 *     begins with {@code guard.}
 * @param mask the mask's name
 */
public record MaskedColumn(int position, String name, String classId, String mask) {
  public MaskedColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(classId, "classId");
    Objects.requireNonNull(mask, "mask");
  }
}
