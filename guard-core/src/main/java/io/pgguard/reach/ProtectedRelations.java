package io.pgguard.reach;

import java.util.Set;

/** Which relations of a snapshot hold a protected column. Immutable. */
public interface ProtectedRelations {

  /** Whether any column of a relation is protected. */
  boolean isProtectedRelation(int relationOid);

  /** Whether a column is protected, or with number 0 any of the relation. */
  boolean isProtectedColumn(int relationOid, int number);

  /** OIDs of the relations with a protected column. */
  Set<Integer> protectedRelations();

  /**
   * Unqualified names of the protected relations. A text that holds none of them as an identifier,
   * and no function that is unsafe, reads nothing protected.
   */
  Set<String> protectedNames();

  /**
   * Whether a protected column decides where rows of some relation are kept, in a partition or a
   * partial index: then the sizes of any relation may tell of it.
   */
  boolean sizesTell();
}
