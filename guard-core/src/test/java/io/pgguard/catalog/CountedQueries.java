package io.pgguard.catalog;

import java.util.List;
import java.util.function.Consumer;

/**
 * Passes queries on and counts them, their rounds and rows, and the characters in both directions.
 */
final class CountedQueries implements CatalogQueries {
  private final CatalogQueries queries;
  private long rounds;
  private boolean within;
  private long texts;
  private long rows;
  private long characters;

  CountedQueries(CatalogQueries queries) {
    this.queries = queries;
  }

  /** What was counted since the last call. */
  record Count(long rounds, long texts, long rows, long characters) {}

  Count take() {
    Count count = new Count(rounds, texts, rows, characters);
    rounds = 0;
    texts = 0;
    rows = 0;
    characters = 0;
    return count;
  }

  @Override
  public void ask(List<CatalogQuestion> questions) {
    rounds++;
    within = true;
    try {
      CatalogQueries.super.ask(questions);
    } finally {
      within = false;
    }
  }

  @Override
  public void forEachRow(String sql, Consumer<CatalogRow> row) {
    rounds += within ? 0 : 1;
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
