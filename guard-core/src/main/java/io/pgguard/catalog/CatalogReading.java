package io.pgguard.catalog;

import java.util.Map;
import java.util.Set;

/**
 * A snapshot, and what is needed to tell later what has changed since it was read. Immutable.
 *
 * @param catalog the snapshot
 * @param rows the server's rows that it was made from
 * @param horizon up to where it goes
 * @param spaces the names of the schemas by OID
 * @param unprintedRelations OIDs of relations of which not everything was printed
 * @param unprintedFunctions OIDs of functions whose body was not printed
 */
record CatalogReading(
    Catalog catalog,
    CatalogRows rows,
    Horizon horizon,
    Map<Integer, String> spaces,
    Set<Integer> unprintedRelations,
    Set<Integer> unprintedFunctions) {
  CatalogReading {
    spaces = Map.copyOf(spaces);
    unprintedRelations = Set.copyOf(unprintedRelations);
    unprintedFunctions = Set.copyOf(unprintedFunctions);
  }

  /** The same, known to hold for longer. */
  CatalogReading upTo(Horizon later) {
    return new CatalogReading(catalog, rows, later, spaces, unprintedRelations, unprintedFunctions);
  }
}
