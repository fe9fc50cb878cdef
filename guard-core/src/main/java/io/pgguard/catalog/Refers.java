package io.pgguard.catalog;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a stored piece of code refers to, as the server's dependency catalog and the stored tree
 * tell (PostgreSQL documentation, {@code pg_depend}). Immutable.
 *
 * @param functions OIDs of functions, also those behind operators; PostgreSQL's own only where they
 *     are not immutable
 * @param types OIDs of types that are not PostgreSQL's own
 * @param relations OIDs of relations beside the one that the piece belongs to
 */
public record Refers(Set<Integer> functions, Set<Integer> types, Set<Integer> relations) {
  /** A piece that refers to nothing. */
  public static final Refers NOTHING = new Refers(Set.of(), Set.of(), Set.of());

  public Refers {
    functions = Collections.unmodifiableSet(new TreeSet<>(functions));
    types = Collections.unmodifiableSet(new TreeSet<>(types));
    relations = Collections.unmodifiableSet(new TreeSet<>(relations));
  }
}
