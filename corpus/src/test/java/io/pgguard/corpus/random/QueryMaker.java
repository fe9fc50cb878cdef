package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes whole queries: selects, set operations, VALUES, WITH, and the statements that are queries.
 */
final class QueryMaker {
  private final Grammar grammar;

  QueryMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A query with outputs of the types. */
  Query query(List<SqlType> types, Scope outer, int depth) {
    Dice dice = grammar.dice();
    if (depth > 0 && dice.chance(14)) {
      return setOperation(types, outer, depth);
    }
    if (dice.chance(4)) {
      return values(types, outer, depth);
    }
    if (depth > 1 && dice.chance(6)) {
      return with(types, outer, depth - 1);
    }
    return grammar.selects().select(types, outer, depth);
  }

  /** A bracketed query of one row and column. */
  String scalar(SqlType type, Scope outer, int depth) {
    Dice dice = grammar.dice();
    Query query = grammar.selects().select(List.of(type), outer, Math.min(depth, 1));
    String order =
        dice.chance(70) && type.comparable() && !query.compound()
            ? " ORDER BY 1" + dice.of("", " DESC")
            : "";
    return "(" + query.text() + order + " LIMIT 1)";
  }

  /** A bracketed query of one row of several columns. */
  String row(List<SqlType> types, Scope outer, int depth) {
    return "(" + grammar.selects().select(types, outer, Math.min(depth, 1)).text() + " LIMIT 1)";
  }

  /** A bracketed query for EXISTS, IN, ARRAY, FROM. */
  String bracketed(List<SqlType> types, Scope outer, int depth) {
    Query query = query(types, outer, Math.min(depth, 1));
    return "("
        + query.text()
        + (query.compound() ? "" : " LIMIT " + (1 + grammar.dice().next(20)))
        + ")";
  }

  private Query setOperation(List<SqlType> types, Scope outer, int depth) {
    Dice dice = grammar.dice();
    boolean distinct = types.stream().allMatch(SqlType::comparable);
    String operator =
        distinct
            ? dice.of(
                " UNION ALL ",
                " UNION ",
                " EXCEPT ",
                " INTERSECT ",
                " EXCEPT ALL ",
                " INTERSECT ALL ")
            : " UNION ALL ";
    Query left = query(types, outer, depth - 1);
    Query right = query(types, outer, depth - 1);
    return new Query(
        operand(left) + operator + operand(right),
        left.columns(),
        left.rows() + right.rows(),
        false);
  }

  private String operand(Query query) {
    return query.compound() || grammar.dice().chance(30) ? "(" + query.text() + ")" : query.text();
  }

  /** VALUES; its columns are column1, column2, ... */
  Query values(List<SqlType> types, Scope outer, int depth) {
    Dice dice = grammar.dice();
    int rows = 1 + dice.next(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      List<String> cells = new ArrayList<>();
      for (SqlType type : types) {
        String cell = grammar.expressions().of(type, outer, Math.min(depth, 1));
        cells.add(i == 0 ? "CAST(" + cell + " AS " + type.sql() + ")" : cell);
      }
      lines.add("(" + String.join(", ", cells) + ")");
    }
    List<ModelColumn> columns = new ArrayList<>();
    for (SqlType type : types) {
      columns.add(new ModelColumn("column" + (columns.size() + 1), type, false));
    }
    return new Query("VALUES " + String.join(", ", lines), columns, rows, false);
  }

  /** A query under WITH. */
  Query with(List<SqlType> types, Scope outer, int depth) {
    Dice dice = grammar.dice();
    List<Source> common = grammar.draft().commonTables();
    int before = common.size();
    List<String> parts = new ArrayList<>();
    boolean recursive = dice.chance(30);
    for (int i = dice.next(2); i >= 0; i--) {
      String name = grammar.draft().name("cte");
      parts.add(recursive && i == 0 ? recursive(name, outer, depth) : common(name, outer, depth));
    }
    Query body = grammar.selects().select(types, outer, depth);
    while (common.size() > before) {
      common.remove(common.size() - 1);
    }
    return new Query(
        "WITH " + (recursive ? "RECURSIVE " : "") + String.join(", ", parts) + " " + body.text(),
        body.columns(),
        body.rows(),
        true);
  }

  private String common(String name, Scope outer, int depth) {
    Dice dice = grammar.dice();
    Query query =
        query(
            List.of(SqlType.INT, grammar.expressions().anyType(), SqlType.TEXT), outer, depth - 1);
    String hint = dice.of("", "", "", "MATERIALIZED ", "NOT MATERIALIZED ");
    List<ModelColumn> columns = query.columns();
    String list = "";
    if (dice.chance(30)) {
      columns = columns.stream().map(c -> c.named(grammar.draft().name("k"))).toList();
      list = "(" + String.join(", ", columns.stream().map(ModelColumn::name).toList()) + ")";
    }
    grammar
        .draft()
        .commonTables()
        .add(new Source(name, columns, Math.min(query.rows(), 200), true));
    return name + list + " AS " + hint + "(" + query.text() + ")";
  }

  private String recursive(String name, Scope outer, int depth) {
    Dice dice = grammar.dice();
    SqlType type = dice.of(SqlType.TEXT, SqlType.INT, SqlType.DATE, SqlType.JSONB);
    List<ModelColumn> columns =
        List.of(
            new ModelColumn(grammar.draft().name("k"), SqlType.INT, false),
            new ModelColumn(grammar.draft().name("k"), type, false));
    Query base = grammar.selects().select(List.of(type), outer, Math.max(0, depth - 1));
    String n = columns.get(0).name();
    String v = columns.get(1).name();
    Scope step = outer.inner(List.of(new Source("rec", columns, 5, true)));
    String next = "CAST(" + grammar.expressions().of(type, step, 1) + " AS " + type.sql() + ")";
    grammar.draft().commonTables().add(new Source(name, columns, 40, true));
    String bottom = base.compound() ? "(" + base.text() + ")" : "(" + base.text() + " LIMIT 8)";
    return name
        + "("
        + n
        + ", "
        + v
        + ") AS (SELECT 1, CAST(b.x AS "
        + type.sql()
        + ") FROM "
        + bottom
        + " AS b(x)"
        + dice.of(" UNION ALL ", " UNION ")
        + "SELECT rec."
        + n
        + " + 1, "
        + next
        + " FROM "
        + name
        + " rec WHERE rec."
        + n
        + " < 4)"
        + searched(n, v);
  }

  private String searched(String n, String v) {
    Dice dice = grammar.dice();
    String order = grammar.draft().name("ord");
    return dice.chance(80)
        ? ""
        : dice.of(
            " SEARCH DEPTH FIRST BY " + n + " SET " + order,
            " SEARCH BREADTH FIRST BY " + n + ", " + v + " SET " + order,
            " CYCLE " + n + " SET " + order + " USING " + order + "p");
  }

  /** A query as a statement. */
  Query statement(int depth) {
    Dice dice = grammar.dice();
    int form = dice.next(100);
    if (form < 4) {
      return star();
    }
    if (form < 6) {
      return tableCommand();
    }
    List<SqlType> types = new ArrayList<>();
    for (int i = 1 + dice.next(4); i > 0; i--) {
      types.add(grammar.expressions().anyType());
    }
    Query query = form < 24 ? with(types, Scope.EMPTY, depth) : query(types, Scope.EMPTY, depth);
    String text = query.text();
    if (!text.contains(" ORDER BY ") || !query.compound()) {
      List<String> keys = new ArrayList<>();
      for (int i = 1; i <= types.size(); i++) {
        keys.add(i + dice.of("", " DESC", " NULLS FIRST"));
      }
      if (dice.chance(60)) {
        text += " ORDER BY " + String.join(", ", keys);
        if (dice.chance(5)) {
          return new Query(
              text + " FETCH FIRST 40 ROWS WITH TIES", query.columns(), query.rows(), true);
        }
      }
    }
    return new Query(
        text
            + dice.of(
                " LIMIT 40",
                " LIMIT 60",
                " LIMIT 30 OFFSET 2",
                " OFFSET 1 ROWS FETCH NEXT (3 + 30) ROWS ONLY",
                " FETCH FIRST 50 ROWS ONLY"),
        query.columns(),
        query.rows(),
        true);
  }

  private Query star() {
    Dice dice = grammar.dice();
    FromMaker.From from = grammar.froms().from(Scope.EMPTY, 1, 1 + dice.next(2));
    Scope scope = Scope.EMPTY.inner(from.sources());
    List<Source> whole = from.sources().stream().filter(grammar.draft()::mayUseWhole).toList();
    boolean all =
        from.sources().stream().noneMatch(Source::hasHot)
            || grammar.draft().reach() == Draft.Reach.HOT;
    String outputs;
    if (all && dice.chance(50)) {
      from.sources().forEach(grammar.draft()::whole);
      outputs = dice.of("*", "*, 1 AS one");
    } else if (!whole.isEmpty()) {
      String alias = grammar.draft().whole(dice.pick(whole));
      outputs = dice.of(alias + ".*", alias, "(" + alias + ").*", alias + ".*, " + alias);
    } else {
      outputs = grammar.expressions().of(SqlType.TEXT, scope, 1);
    }
    String where = dice.chance(40) ? " WHERE " + grammar.predicates().of(scope, 1) : "";
    return new Query(
        "SELECT " + outputs + " FROM " + from.text() + where + " LIMIT 50", List.of(), 50, true);
  }

  private Query tableCommand() {
    ModelRelation relation = grammar.draft().anyRelation();
    if (relation.hasHot()) {
      if (grammar.draft().reach() != Draft.Reach.HOT) {
        return new Query("SELECT count(*) FROM " + relation.name(), List.of(), 1, true);
      }
      grammar.draft().useHot();
    }
    return new Query("TABLE " + relation.name() + " LIMIT 30", List.of(), 30, true);
  }
}
