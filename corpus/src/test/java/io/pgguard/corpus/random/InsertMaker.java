package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes INSERT: of values and of queries, with ON CONFLICT and RETURNING. */
final class InsertMaker {
  private final Grammar grammar;
  private final WriteParts parts;

  InsertMaker(Grammar grammar, WriteParts parts) {
    this.grammar = grammar;
    this.parts = parts;
  }

  String insert() {
    WriteParts.Target target = parts.target(true);
    return insert(target, parts.returning(target.own(), false));
  }

  /** An INSERT that ends in the RETURNING given, or in nothing. */
  String insert(WriteParts.Target target, String returning) {
    Dice dice = grammar.dice();
    List<ModelColumn> columns = insertable(target);
    List<String> names = columns.stream().map(ModelColumn::name).toList();
    String head =
        "INSERT INTO "
            + target.name()
            + " AS "
            + target.alias()
            + " ("
            + String.join(", ", names)
            + ") "
            + (dice.chance(5) ? "OVERRIDING USER VALUE " : "");
    String body = dice.chance(50) ? query(columns) : values(columns);
    return head + body + conflict(target, names) + returning;
  }

  private String conflict(WriteParts.Target target, List<String> names) {
    Dice dice = grammar.dice();
    if (!dice.chance(20) || !names.contains("id")) {
      return dice.of("", "", " ON CONFLICT DO NOTHING");
    }
    Source excluded = new Source("excluded", target.relation().columns(), 1, false);
    String where =
        dice.chance(30)
            ? " WHERE "
                + grammar.predicates().of(Scope.EMPTY.inner(List.of(target.own(), excluded)), 1)
            : "";
    return " ON CONFLICT (id) DO UPDATE SET "
        + parts.assignment(target, target.own(), excluded)
        + where;
  }

  /** The columns that a new row gives, noted as used. */
  List<ModelColumn> insertable(WriteParts.Target target) {
    List<ModelColumn> columns = new ArrayList<>();
    for (ModelColumn column : target.relation().columns()) {
      if (column.type() != SqlType.OTHER || column.name().equals("id")) {
        columns.add(column);
        if (column.hot()) {
          grammar.draft().useHot();
        }
      }
    }
    return columns;
  }

  private String values(List<ModelColumn> columns) {
    List<String> rows = new ArrayList<>();
    int base = grammar.dice().next(20) == 0 ? 1 : 5000;
    for (int i = grammar.dice().next(3); i >= 0; i--) {
      List<String> cells = new ArrayList<>();
      for (ModelColumn column : columns) {
        cells.add(cell(column, String.valueOf(base + i), Scope.EMPTY));
      }
      rows.add("(" + String.join(", ", cells) + ")");
    }
    return "VALUES " + String.join(", ", rows);
  }

  private String query(List<ModelColumn> columns) {
    FromMaker.From from = grammar.froms().from(Scope.EMPTY, 1, 1 + grammar.dice().next(2));
    Scope scope = Scope.EMPTY.inner(from.sources());
    List<String> cells = new ArrayList<>();
    for (ModelColumn column : columns) {
      cells.add(cell(column, "7000 + row_number() OVER ()", scope));
    }
    return "SELECT "
        + String.join(", ", cells)
        + " FROM "
        + from.text()
        + " LIMIT "
        + (1 + grammar.dice().next(5));
  }

  /** A value for a new row's column that mostly satisfies the schema's constraints. */
  String cell(ModelColumn column, String id, Scope scope) {
    Dice dice = grammar.dice();
    if (column.name().equals("id")) {
      return id;
    }
    if (column.name().equals("sku") || column.name().equals("key")) {
      return "'N-' || " + id;
    }
    if (column.type() == SqlType.INT
        && (column.name().endsWith("_id") || column.name().equals("qty"))) {
      return String.valueOf(1 + dice.next(8));
    }
    if (column.name().equals("line")) {
      return "900 + " + id;
    }
    if (column.type() == SqlType.CONTACT) {
      return "ROW('a@b.example', 'x', 'y')::contact_info";
    }
    return "coalesce("
        + grammar.expressions().of(column.type(), scope, 1)
        + ", "
        + grammar.expressions().literal(column.type())
        + ")";
  }
}
