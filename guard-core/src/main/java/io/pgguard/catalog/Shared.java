package io.pgguard.catalog;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes equal values one object while a snapshot is read, so that it takes less memory. */
final class Shared {
  private final Map<String, String> texts = new HashMap<>();
  private final Map<Column, Column> columns = new HashMap<>();

  String text(String value) {
    String known = texts.putIfAbsent(value, value);
    return known == null ? value : known;
  }

  @Nullable String textOrNull(@Nullable String value) {
    return value == null ? null : text(value);
  }

  Column column(Column value) {
    Column known = columns.putIfAbsent(value, value);
    return known == null ? value : known;
  }
}
