package io.pgguard.lineage;

import io.pgguard.internal.names.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session has made for itself and no snapshot of the catalog holds. Immutable.
 *
 * @param prepared the lineage of each prepared statement by its name, as it was when it was
 *     prepared; drop it when the catalog changes, since PostgreSQL plans anew
 * @param cursors the lineage of each open cursor by its name
 * @param temporaryRelations temporary relations by their unqualified names
 * @param parameters OIDs of the types that the client declares for the text's parameters, in order;
 *     0 where it leaves one to the server
 * @param ofCode cursors of functions that the policy allows; null where others may have opened some
 */
public record SessionObjects(
    Map<String, Lineage> prepared,
    Map<String, Lineage> cursors,
    Map<String, TemporaryRelation> temporaryRelations,
    List<Integer> parameters,
    @Nullable CodeCursors ofCode) {
  /** A session that has made nothing. */
  public static final SessionObjects NONE = new SessionObjects(Map.of(), Map.of(), Map.of());

  public SessionObjects {
    prepared = Names.of(prepared);
    cursors = Names.of(cursors);
    temporaryRelations = Names.of(temporaryRelations);
    parameters = List.copyOf(parameters);
  }

  /** Of a text of whose parameters the client says nothing. */
  public SessionObjects(
      Map<String, Lineage> prepared,
      Map<String, Lineage> cursors,
      Map<String, TemporaryRelation> temporaryRelations) {
    this(prepared, cursors, temporaryRelations, List.of(), null);
  }

  /** The same, with these cursors of functions. */
  public SessionObjects with(@Nullable CodeCursors opened) {
    return new SessionObjects(prepared, cursors, temporaryRelations, parameters, opened);
  }

  /** The same for a text with parameters of these types. */
  public SessionObjects taking(List<Integer> types) {
    return types.equals(parameters)
        ? this
        : new SessionObjects(prepared, cursors, temporaryRelations, types, ofCode);
  }
}
