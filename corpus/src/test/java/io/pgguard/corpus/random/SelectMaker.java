package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes SELECT bodies with wanted output types: plain, grouped, windowed, DISTINCT. */
final class SelectMaker {
  private final Grammar grammar;

  SelectMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  Query select(List<SqlType> types, Scope outer, int depth) {
    Dice dice = grammar.dice();
    int entries = depth <= 0 ? 1 : dice.of(1, 1, 1, 2, 2, 3);
    FromMaker.From from = grammar.froms().from(outer, depth - 1, entries);
    Scope scope = outer.inner(from.sources());
    int shape = dice.next(20);
    if (shape < 4 && depth > 0) {
      return grouped(types, from, scope, depth);
    }
    if (shape < 6 && depth > 0) {
      return windowed(types, from, scope, depth);
    }
    List<String> outputs = new ArrayList<>();
    for (SqlType type : types) {
      outputs.add(grammar.expressions().of(type, scope, depth));
    }
    String distinct = dice.chance(8) ? "DISTINCT " : "";
    String order = "";
    if (distinct.isEmpty()
        && dice.chance(5)
        && types.get(0).comparable()
        && outputs.get(0).indexOf('.') > 0) {
      distinct = "DISTINCT ON (" + outputs.get(0) + ") ";
      order = " ORDER BY 1" + (types.size() > 1 && types.get(1).comparable() ? ", 2 DESC" : "");
    }
    return finish(
        "SELECT " + distinct,
        types,
        outputs,
        " FROM " + from.text() + where(scope, depth) + order,
        from.rows());
  }

  private String where(Scope scope, int depth) {
    return grammar.dice().chance(50)
        ? " WHERE " + grammar.predicates().of(scope, Math.max(0, depth - 1))
        : "";
  }

  private Query grouped(List<SqlType> types, FromMaker.From from, Scope scope, int depth) {
    Dice dice = grammar.dice();
    List<String> outputs = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (SqlType type : types) {
      String key =
          type.comparable() && dice.chance(40) ? grammar.expressions().column(type, scope) : "";
      if (!key.isEmpty()) {
        keys.add(key);
        outputs.add(key);
      } else {
        outputs.add(
            grammar
                .aggregates()
                .aggregate(type.comparable() ? type : SqlType.TEXT, scope, depth - 1));
      }
    }
    String group = "";
    if (!keys.isEmpty()) {
      String list = String.join(", ", keys);
      group =
          " GROUP BY "
              + dice.of(
                  list,
                  list,
                  list,
                  "ROLLUP (" + list + ")",
                  "CUBE (" + list + ")",
                  "GROUPING SETS ((" + list + "), ())",
                  "GROUPING SETS ((" + String.join("), (", keys) + "))",
                  "ALL " + list,
                  "GROUPING SETS (CUBE (" + list + "), ROLLUP (" + keys.get(0) + "), ())",
                  "DISTINCT ROLLUP (" + list + "), " + keys.get(0),
                  "(" + list + "), ()",
                  "DISTINCT " + list);
    }
    String having =
        dice.chance(15)
            ? " HAVING "
                + dice.of(
                    "count(*) > 1",
                    "count(*) >= 1",
                    keys.isEmpty() ? "true" : "grouping(" + keys.get(0) + ") = 0",
                    "NOT " + grammar.aggregates().aggregate(SqlType.BOOL, scope, 1))
            : "";
    return finish(
        "SELECT ",
        types,
        outputs,
        " FROM " + from.text() + where(scope, depth) + group + having,
        keys.isEmpty() ? 1 : 30);
  }

  private Query windowed(List<SqlType> types, FromMaker.From from, Scope scope, int depth) {
    Dice dice = grammar.dice();
    String named = dice.chance(40) ? grammar.draft().name("win") : "";
    List<String> outputs = new ArrayList<>();
    for (SqlType type : types) {
      outputs.add(
          dice.chance(50)
              ? grammar.aggregates().window(type, scope, depth - 1, named)
              : grammar.expressions().of(type, scope, depth - 1));
    }
    String window =
        named.isEmpty()
            ? ""
            : " WINDOW " + named + " AS (" + grammar.aggregates().windowBody(scope) + ")";
    boolean framed = window.contains(" PRECEDING"); // such a window cannot be copied
    if (!named.isEmpty() && !framed && dice.chance(20)) {
      window += ", " + grammar.draft().name("win") + " AS (" + named + ")";
    }
    return finish(
        "SELECT ",
        types,
        outputs,
        " FROM " + from.text() + where(scope, depth) + window,
        from.rows());
  }

  private Query finish(
      String head, List<SqlType> types, List<String> outputs, String tail, int rows) {
    List<ModelColumn> columns = new ArrayList<>();
    StringBuilder text = new StringBuilder(head);
    for (int i = 0; i < outputs.size(); i++) {
      String label = grammar.draft().name("o");
      text.append(i == 0 ? "" : ", ")
          .append(outputs.get(i))
          .append(grammar.dice().of(" AS ", " AS ", " "))
          .append(label);
      columns.add(new ModelColumn(label, types.get(i), false));
    }
    return new Query(text + tail, columns, rows, tail.contains(" ORDER BY "));
  }
}
