package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes INSERT, UPDATE, DELETE and MERGE, each over few rows, and WITH around them. */
final class WriteMaker {
  private final Grammar grammar;

  WriteMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  /** A write as a statement. */
  String statement() {
    Dice dice = grammar.dice();
    if (dice.chance(15)) {
      return inWith();
    }
    return switch (dice.next(8)) {
      case 0, 1 -> insert();
      case 2, 3, 4 -> update();
      case 5, 6 -> delete();
      default -> merge();
    };
  }

  private String inWith() {
    Dice dice = grammar.dice();
    List<SqlType> types = List.of(SqlType.INT, dice.of(SqlType.TEXT, SqlType.INT, SqlType.DATE));
    ModelRelation target = target(false);
    String alias = grammar.draft().name("t");
    Source own = new Source(alias, target.columns(), target.rows(), true);
    List<ModelColumn> outputs = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (SqlType type : types) {
      ModelColumn output = new ModelColumn(grammar.draft().name("o"), type, false);
      outputs.add(output);
      texts.add(
          grammar.expressions().of(type, Scope.EMPTY.inner(List.of(own)), 1)
              + " AS "
              + output.name());
    }
    String name = grammar.draft().name("cte");
    String write =
        "UPDATE "
            + target.name()
            + " AS "
            + alias
            + " SET "
            + assignment(target, own)
            + " WHERE "
            + bound(own)
            + " RETURNING "
            + String.join(", ", texts);
    grammar.draft().commonTables().add(new Source(name, outputs, 10, true));
    Query body = grammar.selects().select(List.of(SqlType.INT, SqlType.TEXT), Scope.EMPTY, 2);
    return "WITH "
        + name
        + " AS ("
        + write
        + ") "
        + body.text()
        + (body.compound() ? "" : " LIMIT 40");
  }

  private ModelRelation target(boolean insert) {
    Draft draft = grammar.draft();
    boolean guarded =
        draft.reach() == Draft.Reach.HOT || draft.reach() == Draft.Reach.NEAR && !insert;
    List<ModelRelation> fitting =
        draft.schema().relations().stream()
            .filter(r -> r.kind() == 'r' || r.kind() == 'p')
            .filter(r -> guarded || !r.guarded())
            .filter(
                r ->
                    draft.reach() != Draft.Reach.NEAR
                        || !(r.guarded() && r.triggered())) // a trigger may copy any column
            .toList();
    ModelRelation target = grammar.dice().pick(fitting);
    draft.use(target);
    if (target.guarded() && target.triggered()) {
      draft.useHot();
    }
    return target;
  }

  private String insert() {
    Dice dice = grammar.dice();
    ModelRelation target = target(true);
    List<String> names = new ArrayList<>();
    List<ModelColumn> columns = new ArrayList<>();
    for (ModelColumn column : target.columns()) {
      if (column.type() != SqlType.OTHER || column.name().equals("id")) {
        names.add(column.name());
        columns.add(column);
        if (column.hot()) {
          grammar.draft().useHot();
        }
      }
    }
    String alias = grammar.draft().name("t");
    Source own = new Source(alias, target.columns(), target.rows(), true);
    String head =
        "INSERT INTO " + target.name() + " AS " + alias + " (" + String.join(", ", names) + ") ";
    String body = dice.chance(50) ? insertQuery(columns) : insertValues(columns);
    String conflict = dice.of("", "", " ON CONFLICT DO NOTHING");
    if (dice.chance(20) && names.contains("id")) {
      Source excluded = new Source("excluded", target.columns(), 1, false);
      conflict = " ON CONFLICT (id) DO UPDATE SET " + assignment(target, own, excluded);
    }
    return head + body + conflict + returning(own, false);
  }

  private String insertValues(List<ModelColumn> columns) {
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

  private String insertQuery(List<ModelColumn> columns) {
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
  private String cell(ModelColumn column, String id, Scope scope) {
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

  private String assignment(ModelRelation target, Source... sources) {
    Draft draft = grammar.draft();
    List<ModelColumn> fitting =
        target.columns().stream()
            .filter(draft::mayUse)
            .filter(
                c ->
                    c.type() != SqlType.OTHER
                        && c.type() != SqlType.XML
                        && c.type() != SqlType.CONTACT)
            .filter(
                c ->
                    !c.name().endsWith("id")
                        && !c.name().equals("key")
                        && !c.name().equals("line")
                        && !c.name().equals("paid_on"))
            .toList();
    if (fitting.isEmpty()) {
      return target.columns().get(0).name() + " = DEFAULT";
    }
    ModelColumn column = draft.dice().pick(fitting);
    if (column.hot()) {
      draft.useHot();
    }
    Scope scope = Scope.EMPTY.inner(List.of(sources));
    String value =
        column.name().equals("qty") ? "qty + 1" : grammar.expressions().of(column.type(), scope, 2);
    if (column.name().equals("qty")) {
      value = sources[0].alias() + ".qty + 1";
    }
    return draft.dice().chance(15)
        ? "(" + column.name() + ") = ROW(" + value + ")"
        : column.name() + " = " + value;
  }

  /** A condition that picks few rows and spares one: the policy refuses a write of all rows. */
  private String bound(Source own) {
    Scope scope = Scope.EMPTY.inner(List.of(own));
    String key =
        own.columns().get(0).type() == SqlType.INT
            ? own.alias() + "." + own.columns().get(0).name() + " < " + (2 + dice().next(2))
            : own.alias() + "." + own.columns().get(0).name() + " = 'theme'";
    if (own.columns().get(0).hot()) {
      grammar.draft().useHot();
    }
    return grammar.dice().chance(50) ? key + " AND " + grammar.predicates().of(scope, 1) : key;
  }

  /** An entry of few rows: the policy holds writes that the planner expects to be wide. */
  private Entry few() {
    Query query =
        grammar
            .selects()
            .select(List.of(SqlType.INT, grammar.expressions().anyType()), Scope.EMPTY, 2);
    String alias = grammar.draft().name("s");
    String text = query.compound() ? "SELECT * FROM (" + query.text() + ") q" : query.text();
    return new Entry(
        "(" + text + " LIMIT 2) AS " + alias, new Source(alias, query.columns(), 2, true));
  }

  private Dice dice() {
    return grammar.dice();
  }

  private String update() {
    ModelRelation target = target(false);
    String alias = grammar.draft().name("t");
    Source own = new Source(alias, target.columns(), target.rows(), true);
    String head = "UPDATE " + target.name() + " AS " + alias + " SET ";
    if (grammar.dice().chance(30)) {
      Entry entry = few();
      return head
          + assignment(target, own, entry.source())
          + " FROM "
          + entry.text()
          + " WHERE "
          + bound(own)
          + " AND "
          + grammar.predicates().of(Scope.EMPTY.inner(List.of(own, entry.source())), 1)
          + returning(own, true);
    }
    return head + assignment(target, own) + " WHERE " + bound(own) + returning(own, true);
  }

  private String delete() {
    ModelRelation target = target(false);
    String alias = grammar.draft().name("t");
    Source own = new Source(alias, target.columns(), target.rows(), true);
    String using = "";
    if (grammar.dice().chance(30)) {
      using = " USING " + few().text();
    }
    return "DELETE FROM "
        + target.name()
        + " "
        + alias
        + using
        + " WHERE "
        + bound(own)
        + returning(own, true);
  }

  private String merge() {
    Dice dice = grammar.dice();
    ModelRelation target = target(false);
    String alias = grammar.draft().name("t");
    Source own = new Source(alias, target.columns(), target.rows(), true);
    List<SqlType> types =
        List.of(
            target.columns().get(0).type() == SqlType.INT ? SqlType.INT : SqlType.TEXT,
            SqlType.TEXT,
            SqlType.INT);
    Query query = grammar.queries().query(types, Scope.EMPTY, 1);
    String alias2 = grammar.draft().name("s");
    Source source = new Source(alias2, query.columns(), 5, true);
    String text = query.compound() ? query.text() : query.text() + " LIMIT 5";
    String key = own.columns().get(0).name();
    String matched =
        dice.of("UPDATE SET " + assignment(target, own, source), "DELETE", "DO NOTHING");
    String more = dice.chance(20) ? " WHEN NOT MATCHED THEN DO NOTHING" : "";
    return "MERGE INTO "
        + target.name()
        + " AS "
        + alias
        + " USING ("
        + text
        + ") AS "
        + alias2
        + " ON "
        + alias
        + "."
        + key
        + " = "
        + alias2
        + "."
        + query.columns().get(0).name()
        + " WHEN MATCHED"
        + (dice.chance(20)
            ? " AND " + grammar.predicates().of(Scope.EMPTY.inner(List.of(own, source)), 1)
            : "")
        + " THEN "
        + matched
        + more
        + (dice.chance(60)
            ? returning(own, true).replaceFirst(" RETURNING ", " RETURNING merge_action(), ")
            : "");
  }

  private String returning(Source own, boolean versions) {
    Dice dice = grammar.dice();
    if (dice.chance(35)) {
      return "";
    }
    Draft draft = grammar.draft();
    if (dice.chance(15) && draft.mayUseWhole(own)) {
      String alias = draft.whole(own);
      return " RETURNING " + dice.of(alias + ".*", alias, "to_jsonb(" + alias + ") AS o");
    }
    Source seen =
        versions && dice.chance(25)
            ? new Source(dice.of("old", "new"), own.columns(), 5, true)
            : own;
    Scope scope = Scope.EMPTY.inner(List.of(seen));
    List<String> outputs = new ArrayList<>();
    for (int i = dice.next(3); i >= 0; i--) {
      outputs.add(
          grammar.expressions().of(grammar.expressions().anyType(), scope, 2)
              + " AS "
              + draft.name("o"));
    }
    return " RETURNING " + String.join(", ", outputs);
  }
}
