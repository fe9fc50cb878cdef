package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.List;

/** Reads the code that objects bring with them. Stateless, and so thread-safe. */
final class CodeReader {
  private CodeReader() {}

  static Code read(CatalogQueries queries) {
    Code.Builder code = new Code.Builder();
    queries.forEachRow(
        CodeQueries.ATTACHED,
        row ->
            code.relation(
                row.number(0),
                AttachedCode.Part.of(row.letter(1)),
                row.number(2),
                row.letter(3),
                row.number(4)));
    queries.forEachRow(
        CodeQueries.FUNCTIONS,
        row -> code.function(row.number(0), row.letter(1), row.number(2)));
    queries.forEachRow(CodeQueries.SYSTEM_FUNCTIONS, row -> addSystem(row, code));
    queries.forEachRow(
        CodeQueries.OPERATORS, row -> code.operator(row.number(0), row.number(1)));
    queries.forEachRow(
        CodeQueries.TYPES,
        row -> {
          if (row.letter(1) == 'o') {
            code.order(row.number(0), row.number(2));
          } else {
            code.form(row.number(0), row.number(2));
          }
        });
    queries.forEachRow(CodeQueries.FOREIGN_KEYS, row -> code.add(foreignKey(row)));
    queries.forEachRow(
        CodeQueries.COMPARING,
        row ->
            code.add(
                new Comparing(
                    row.number(0),
                    Comparing.Kind.of(row.letter(1)),
                    numbers(row.text(2) == null ? "" : row.required(2)),
                    row.flag(3))));
    queries.forEachRow(
        CodeQueries.EVENT_TRIGGERS,
        row -> {
          String tags = row.text(2);
          code.add(
              new EventTrigger(
                  row.number(0),
                  row.required(1),
                  tags == null || tags.isEmpty() ? List.of() : List.of(tags.split(","))));
        });
    return code.build();
  }

  private static void addSystem(CatalogRow row, Code.Builder code) {
    int function = row.number(0);
    if (function != 0) {
      code.function(function, 'f', row.number(4));
    } else {
      code.relation(
          row.number(1), AttachedCode.Part.of(row.letter(2)), row.number(3), 'f', row.number(4));
    }
  }

  private static ForeignKey foreignKey(CatalogRow row) {
    return new ForeignKey(
        row.number(0),
        row.number(1),
        numbers(row.required(2)),
        numbers(row.required(3)),
        ForeignKey.Action.of(row.letter(4)),
        ForeignKey.Action.of(row.letter(5)));
  }

  /** The numbers in an array's text, with or without braces. */
  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.replaceAll("[{}]", "").split(",")) {
      if (!number.isEmpty()) {
        numbers.add(Integer.valueOf(number));
      }
    }
    return numbers;
  }
}
