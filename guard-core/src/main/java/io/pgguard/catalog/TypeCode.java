package io.pgguard.catalog;

import java.util.Set;

/**
 * The functions that values of a type bring with them. Immutable.
 *
 * @param forms OIDs of the functions that read and print its values and its modifiers, of its
 *     subscripts, and of a range's own functions; and what a domain's default calls
 * @param order OIDs of the functions behind operator classes that take the type: ORDER BY,
 *     DISTINCT, GROUP BY, joins and indexes call them
 */
public record TypeCode(Set<Integer> forms, Set<Integer> order) {
  /** A type that brings nothing beside PostgreSQL's own. */
  public static final TypeCode NOTHING = new TypeCode(Set.of(), Set.of());

  public TypeCode {
    forms = Set.copyOf(forms);
    order = Set.copyOf(order);
  }
}
