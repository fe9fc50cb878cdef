package io.pgguard.catalog;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions that values of a type bring with them. Immutable.
 *
 * @param forms OIDs of the functions that read and print its values and its modifiers, of its
 *     subscripts, and of a range's own functions; and what a domain's default calls, with {@code
 *     current_setting} where its default or a check reads a setting
 * @param order OIDs of the functions behind operator classes that take the type: ORDER BY,
 *     DISTINCT, GROUP BY, joins and indexes call them
 * @param types OIDs of the types that it is made of where {@link TypeInfo} does not say: a range's
 *     subtype, a multirange's range
 */
public record TypeCode(Set<Integer> forms, Set<Integer> order, Set<Integer> types) {
  /** A type that brings nothing beside PostgreSQL's own. */
  public static final TypeCode NOTHING = new TypeCode(Set.of(), Set.of(), Set.of());

  public TypeCode {
    forms = Collections.unmodifiableSet(new TreeSet<>(forms));
    order = Collections.unmodifiableSet(new TreeSet<>(order));
    types = Collections.unmodifiableSet(new TreeSet<>(types));
  }
}
