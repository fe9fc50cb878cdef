package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** The parts that writes share: their target, what they set, which rows they pick and return. */
final class WriteParts {
  private final Grammar grammar;

  WriteParts(Grammar grammar) {
    this.grammar = grammar;
  }

  /** The relation to write under an alias, and what expressions see of it. */
  record Target(ModelRelation relation, Source own) {
    String name() {
      return relation.name();
    }

    String alias() {
      return own.alias();
    }

    /** The column by which rows are picked. */
    ModelColumn key() {
      return relation.columns().get(0);
    }
  }

  /** A relation that this statement may write, noted as used; for new rows or for old ones. */
  Target target(boolean insert) {
    ModelRelation relation = relation(insert);
    String alias = grammar.draft().name("t");
    return new Target(relation, new Source(alias, relation.columns(), relation.rows(), true));
  }

  private ModelRelation relation(boolean insert) {
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

  /** What an UPDATE sets: one column, or two from a row or a subquery. */
  String assignment(Target target, Source... sources) {
    Draft draft = grammar.draft();
    List<ModelColumn> fitting =
        target.relation().columns().stream()
            .filter(draft::mayUse)
            .filter(WriteParts::assignable)
            .toList();
    if (fitting.isEmpty()) {
      return target.key().name() + " = DEFAULT";
    }
    Scope scope = Scope.EMPTY.inner(List.of(sources));
    Dice dice = draft.dice();
    ModelColumn column = use(dice.pick(fitting));
    ModelColumn second = dice.pick(fitting);
    if (!second.equals(column) && dice.chance(15)) {
      String names = "(" + column.name() + ", " + use(second).name() + ") = ";
      return dice.chance(50) || column.type() == SqlType.OTHER
          ? names + "ROW(" + value(column, scope) + ", " + value(second, scope) + ")"
          : names + grammar.queries().row(List.of(column.type(), second.type()), scope, 1);
    }
    return dice.chance(10)
        ? "(" + column.name() + ") = ROW(" + value(column, scope) + ")"
        : column.name() + " = " + value(column, scope);
  }

  private ModelColumn use(ModelColumn column) {
    if (column.hot()) {
      grammar.draft().useHot();
    }
    return column;
  }

  private String value(ModelColumn column, Scope scope) {
    return column.name().equals("qty")
        ? scope.sources().get(0).alias() + ".qty + 1"
        : grammar.expressions().of(column.type(), scope, 2);
  }

  private static boolean assignable(ModelColumn column) {
    return column.type() != SqlType.OTHER
        && column.type() != SqlType.XML
        && column.type() != SqlType.CONTACT
        && !column.name().endsWith("id")
        && !column.name().equals("key")
        && !column.name().equals("line")
        && !column.name().equals("paid_on");
  }

  /**
   * A condition that picks few rows and spares one: the policy refuses a write of all rows. Every
   * relation of the schema that has rows has one with a key of 3 or more; settings has two rows.
   */
  String spares(Target target) {
    ModelColumn key = target.key();
    if (key.hot()) {
      grammar.draft().useHot();
    }
    String name = target.alias() + "." + key.name();
    return key.type() == SqlType.INT
        ? name + " < " + (2 + grammar.dice().next(2))
        : name + (key.type() == SqlType.TEXT ? " = 'theme'" : " < 3");
  }

  /** The same, now and then with more. */
  String bound(Target target) {
    String key = spares(target);
    Scope scope = Scope.EMPTY.inner(List.of(target.own()));
    return grammar.dice().chance(50) ? key + " AND " + grammar.predicates().of(scope, 1) : key;
  }

  /** An entry of few rows: the policy holds writes that the planner expects to be wide. */
  Entry few() {
    Query query =
        grammar
            .selects()
            .select(List.of(SqlType.INT, grammar.expressions().anyType()), Scope.EMPTY, 2);
    String alias = grammar.draft().name("s");
    String text = query.compound() ? "SELECT * FROM (" + query.text() + ") q" : query.text();
    return new Entry(
        "(" + text + " LIMIT 2) AS " + alias, new Source(alias, query.columns(), 2, true));
  }

  /** RETURNING, or nothing; {@code versions} is whether OLD and NEW may be named. */
  String returning(Source own, boolean versions) {
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
