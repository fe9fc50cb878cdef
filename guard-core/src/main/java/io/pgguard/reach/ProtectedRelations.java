package io.pgguard.reach;

import java.util.Set;

/** Which relations of a snapshot hold a protected column. Immutable. */
public interface ProtectedRelations {

  /** Whether any column of a relation is protected. */
  boolean isProtectedRelation(int relationOid);

  /** OIDs of the relations with a protected column. */
  Set<Integer> protectedRelations();

  /**
   * Unqualified names of the protected relations. A text that holds none of them as an identifier,
   * and no function that is unsafe, reads nothing protected.
   */
  Set<String> protectedNames();

  /**
   * Whether any column is protected: then sizes tell, since they depend on the lengths of values.
   */
  boolean sizesTell();
}
