package io.pgguard.lineage;

import io.pgguard.internal.names.Names;
import java.util.Map;

/**
 * What a session has made for itself and no snapshot of the catalog holds. Immutable.
 *
 * @param prepared the lineage of each prepared statement by its name, as it was when it was
 *     prepared; drop it when the catalog changes, since PostgreSQL plans anew
 * @param cursors the lineage of each open cursor by its name
 * @param temporaryRelations temporary relations by their unqualified names
 */
public record SessionObjects(
    Map<String, Lineage> prepared,
    Map<String, Lineage> cursors,
    Map<String, TemporaryRelation> temporaryRelations) {
  /** A session that has made nothing. */
  public static final SessionObjects NONE = new SessionObjects(Map.of(), Map.of(), Map.of());

  public SessionObjects {
    prepared = Names.of(prepared);
    cursors = Names.of(cursors);
    temporaryRelations = Names.of(temporaryRelations);
  }
}
