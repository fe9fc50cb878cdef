package io.pgguard.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The setting search_path as new connections of Guard's user find it, which no reported parameter
 * tells before version 18; asked once. Thread-safe.
 */
public final class SearchPathDefault {
  private final DatabaseAccess access;
  private volatile @Nullable String known;

  public SearchPathDefault(DatabaseAccess access) {
    this.access = access;
  }

  /** The setting, as text. */
  public String get() {
    String setting = known;
    if (setting == null) {
      StringBuilder path = new StringBuilder();
      try (CatalogQueries queries = access.connect()) {
        queries.forEachRow("RESET search_path", row -> {});
        queries.forEachRow("SHOW search_path", row -> path.append(row.required(0)));
      }
      setting = path.toString();
      known = setting;
    }
    return setting;
  }
}
