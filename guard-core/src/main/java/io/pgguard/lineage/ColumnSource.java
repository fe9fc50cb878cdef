package io.pgguard.lineage;

import java.util.Objects;

/**
 * A base column that feeds something.
 *
 * @param relationOid the relation's OID
 * @param number the attribute number, from 1; 0 stands for the whole row
 * @param flow how it feeds it
 */
public record ColumnSource(int relationOid, int number, Flow flow) {
  public ColumnSource {
    Objects.requireNonNull(flow, "flow");
  }

  /** Written out, since many are looked up and what the compiler makes is slow at first. */
  @Override
  public int hashCode() {
    return 31 * (31 * relationOid + number) + flow.ordinal();
  }
}
