package io.pgguard.policy;

import java.util.List;
import java.util.Set;

/**
 * Functions that may be called though Guard would refuse them on its own. Immutable.
 *
 * @param patterns those that the policy names
 * @param extensions extensions of which those may be called that Guard's own list judges harmless
 */
public record AllowedFunctions(List<FunctionPattern> patterns, Set<String> extensions) {
  /** None. */
  public static final AllowedFunctions NONE = new AllowedFunctions(List.of(), Set.of());

  /** The extensions that the list speaks of ({@code io/pgguard/reach/extension-functions.txt}). */
  public static final Set<String> JUDGED =
      Set.of(
          "btree_gin",
          "btree_gist",
          "citext",
          "cube",
          "earthdistance",
          "fuzzystrmatch",
          "hstore",
          "intagg",
          "intarray",
          "isn",
          "ltree",
          "pg_trgm",
          "pgcrypto",
          "postgis",
          "seg",
          "tablefunc",
          "unaccent",
          "uuid-ossp",
          "vector",
          "xml2");

  public AllowedFunctions {
    patterns = List.copyOf(patterns);
    extensions = Set.copyOf(extensions);
  }
}
