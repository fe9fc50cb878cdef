package io.pgguard.lineage;

import java.util.Map;
import java.util.Set;

/**
 * What a session has made for itself and no snapshot of the catalog holds. Immutable.
 *
 * @param prepared the lineage of each prepared statement by its name, as it was when it was
 *     prepared; drop it when the catalog changes, since PostgreSQL plans anew
 * @param cursors the lineage of each open cursor by its name
 * @param temporaryRelations unqualified names of temporary relations: whatever bears such a name is
 *     unknown
 */
public record SessionObjects(
    Map<String, Lineage> prepared, Map<String, Lineage> cursors, Set<String> temporaryRelations) {
  /** A session that has made nothing. */
  public static final SessionObjects NONE = new SessionObjects(Map.of(), Map.of(), Set.of());

  public SessionObjects {
    prepared = Map.copyOf(prepared);
    cursors = Map.copyOf(cursors);
    temporaryRelations = Set.copyOf(temporaryRelations);
  }
}
