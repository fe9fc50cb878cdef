package io.pgguard.mask;

import java.util.Objects;

/**
 * A column of a result as the server describes it (RowDescription; PostgreSQL documentation,
 * "Message Formats").
 *
 * @param name the label
 * @param relationOid OID of the relation that the value comes from unchanged, or 0
 * @param attributeNumber attribute number within that relation, or 0
 * @param typeOid the type's OID, or {@link #UNKNOWN_TYPE}
 * @param binary whether values come in the binary format
 */
public record ResultColumn(
    String name, int relationOid, int attributeNumber, int typeOid, boolean binary) {
  /** What stands for a type that nobody names, as of computed columns of COPY. */
  public static final int UNKNOWN_TYPE = 0;

  public ResultColumn {
    Objects.requireNonNull(name, "name");
  }

  /** Whether the server vouches for where the value comes from. */
  public boolean hasOrigin() {
    return relationOid != 0 && attributeNumber != 0;
  }
}
