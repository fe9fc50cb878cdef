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
 * @param settings names of the settings that it reads by {@code current_setting}; {@link #ANY}
 *     where it works a name out. Only of relations' pieces
 */
public record Refers(
    Set<Integer> functions, Set<Integer> types, Set<Integer> relations, Set<String> settings) {
  /** A piece that refers to nothing. */
  public static final Refers NOTHING = new Refers(Set.of(), Set.of(), Set.of(), Set.of());

  /** In place of the name of a setting: one that is worked out. */
  public static final String ANY = "*";

  public Refers {
    functions = Collections.unmodifiableSet(new TreeSet<>(functions));
    types = Collections.unmodifiableSet(new TreeSet<>(types));
    relations = Collections.unmodifiableSet(new TreeSet<>(relations));
    settings = Collections.unmodifiableSet(new TreeSet<>(settings));
  }
}
