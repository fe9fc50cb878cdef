package io.pgguard.catalog;

import java.util.List;

/**
 * The schemas in which unqualified names are looked for, first to last (PostgreSQL documentation,
 * "The Schema Search Path"). Immutable.
 *
 * @param schemas as {@code current_schemas(true)} gives them: implicit ones included
 */
public record SearchPath(List<String> schemas) {
  public SearchPath {
    schemas = List.copyOf(schemas);
  }

  /** The schemas that are searched before pg_catalog: what they hold hides PostgreSQL's own. */
  public List<String> beforeSystem() {
    int system = schemas.indexOf("pg_catalog");
    return system <= 0 ? List.of() : schemas.subList(0, system);
  }

  /** A search path of these schemas. */
  public static SearchPath of(String... schemas) {
    return new SearchPath(List.of(schemas));
  }
}
