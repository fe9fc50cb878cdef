package io.pgguard.catalog;

import java.util.function.Consumer;

/** Passes queries on and counts them, their rows, and the characters in both. */
final class CountedQueries implements CatalogQueries {
  private final CatalogQueries queries;
  private long texts;
  private long rows;
  private long characters;

  CountedQueries(CatalogQueries queries) {
    this.queries = queries;
  }

  /** What was counted since the last call. */
  record Count(long texts, long rows, long characters) {}

  Count take() {
    Count count = new Count(texts, rows, characters);
    texts = 0;
    rows = 0;
    characters = 0;
    return count;
  }

  @Override
  public void forEachRow(String sql, Consumer<CatalogRow> row) {
    texts++;
    characters += sql.length();
    queries.forEachRow(
        sql,
        values -> {
          rows++;
          row.accept(
              position -> {
                String text = values.text(position);
                characters += text == null ? 0 : text.length();
                return text;
              });
        });
  }

  @Override
  public void close() {
    queries.close();
  }
}
