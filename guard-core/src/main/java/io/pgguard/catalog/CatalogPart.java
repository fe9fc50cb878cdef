package io.pgguard.catalog;

import java.util.Set;

/**
 * The part of the catalog that a decision on a query rests on, beside what holds for all:
 * functions, operators, casts, schemas. Immutable.
 *
 * @param relations OIDs of the relations; with each all that it inherits from, that inherits from
 *     it and that it reads
 * @param words every word that may name a relation or a type, as catalogs spell names
 */
public record CatalogPart(Set<Integer> relations, Set<String> words) {
  public CatalogPart {
    relations = Set.copyOf(relations);
    words = Set.copyOf(words);
  }
}
