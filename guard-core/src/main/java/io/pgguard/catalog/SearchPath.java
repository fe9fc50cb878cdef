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

  /** A search path of these schemas. */
  public static SearchPath of(String... schemas) {
    return new SearchPath(List.of(schemas));
  }
}
