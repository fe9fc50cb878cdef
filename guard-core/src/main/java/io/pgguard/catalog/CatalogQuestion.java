package io.pgguard.catalog;

import java.util.List;
import java.util.function.Consumer;

/**
 * One statement for the server, apart from its values, so that the server can keep its plan.
 *
 * @param text the statement, with {@code {}} in the place of each value
 * @param values the values in order, as PostgreSQL writes them; the text says of what types
 * @param rows takes each row of the result
 */
public record CatalogQuestion(String text, List<String> values, Consumer<CatalogRow> rows) {
  private static final String PLACE = "{}";

  public CatalogQuestion {
    values = List.copyOf(values);
  }

  /** A statement without values. */
  public static CatalogQuestion of(String text, Consumer<CatalogRow> rows) {
    return new CatalogQuestion(text, List.of(), rows);
  }

  /** A statement without values and without rows that matter. */
  public static CatalogQuestion of(String text) {
    return of(text, row -> {});
  }

  /** The text with a mark in the place of each value. */
  public String marked(String mark) {
    return text.replace(PLACE, mark);
  }

  /** The text with its values written out. */
  public String written() {
    StringBuilder written = new StringBuilder();
    int from = 0;
    for (String value : values) {
      int place = text.indexOf(PLACE, from);
      written.append(text, from, place).append('\'').append(value.replace("'", "''")).append('\'');
      from = place + PLACE.length();
    }
    return written.append(text, from, text.length()).toString();
  }
}
