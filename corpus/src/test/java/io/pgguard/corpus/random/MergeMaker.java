package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes MERGE with every kind of WHEN; what it matches and changes spares a row. */
final class MergeMaker {
  private final Grammar grammar;
  private final WriteParts parts;
  private final InsertMaker inserts;

  MergeMaker(Grammar grammar, WriteParts parts, InsertMaker inserts) {
    this.grammar = grammar;
    this.parts = parts;
    this.inserts = inserts;
  }

  String merge() {
    Dice dice = grammar.dice();
    boolean adds = dice.chance(20);
    WriteParts.Target target = parts.target(adds);
    List<SqlType> types =
        List.of(
            target.key().type() == SqlType.INT ? SqlType.INT : SqlType.TEXT,
            SqlType.TEXT,
            SqlType.INT);
    Query query = grammar.queries().query(types, Scope.EMPTY, 1);
    String alias = grammar.draft().name("s");
    Source source = new Source(alias, query.columns(), 5, true);
    String whole = query.compound() ? "SELECT * FROM (" + query.text() + ") q" : query.text();
    String text = whole + " LIMIT 5"; // the policy holds wide writes
    List<String> actions = new ArrayList<>();
    if (dice.chance(20)) {
      actions.add(matched(target, source, true));
    }
    actions.add(matched(target, source, dice.chance(20)));
    if (adds) {
      actions.add(added(target, source));
    } else if (dice.chance(20)) {
      actions.add(" WHEN NOT MATCHED BY TARGET THEN DO NOTHING");
    }
    if (dice.chance(15)) {
      actions.add(missed(target));
    }
    return "MERGE INTO "
        + target.name()
        + " AS "
        + target.alias()
        + " USING ("
        + text
        + ") AS "
        + alias
        + " ON "
        + target.alias()
        + "."
        + target.key().name()
        + " = "
        + alias
        + "."
        + query.columns().get(0).name()
        + " AND "
        + parts.spares(target)
        + String.join("", actions)
        + (dice.chance(60)
            ? parts
                .returning(target.own(), true)
                .replaceFirst(" RETURNING ", " RETURNING merge_action(), ")
            : "");
  }

  private String matched(WriteParts.Target target, Source source, boolean sometimes) {
    Scope both = Scope.EMPTY.inner(List.of(target.own(), source));
    return " WHEN MATCHED"
        + (sometimes ? " AND " + grammar.predicates().of(both, 1) : "")
        + " THEN "
        + grammar
            .dice()
            .of(
                "UPDATE SET " + parts.assignment(target, target.own(), source),
                "DELETE",
                "DO NOTHING");
  }

  private String added(WriteParts.Target target, Source source) {
    List<ModelColumn> columns = inserts.insertable(target);
    Scope scope = Scope.EMPTY.inner(List.of(source));
    String id = "9000 + length(" + source.alias() + "." + source.columns().get(1).name() + ")";
    List<String> cells = columns.stream().map(c -> inserts.cell(c, id, scope)).toList();
    return " WHEN NOT MATCHED THEN INSERT ("
        + String.join(", ", columns.stream().map(ModelColumn::name).toList())
        + ") VALUES ("
        + String.join(", ", cells)
        + ")";
  }

  /** What becomes of rows that nothing matches: only of those that are picked anyway. */
  private String missed(WriteParts.Target target) {
    return " WHEN NOT MATCHED BY SOURCE AND "
        + parts.spares(target)
        + " THEN "
        + grammar
            .dice()
            .of("UPDATE SET " + parts.assignment(target, target.own()), "DELETE", "DO NOTHING");
  }
}
