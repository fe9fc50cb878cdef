package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes INSERT, UPDATE, DELETE and MERGE, each over few rows, and WITH around them. */
final class WriteMaker {
  private final Grammar grammar;
  private final WriteParts parts;
  private final InsertMaker inserts;
  private final MergeMaker merges;

  WriteMaker(Grammar grammar) {
    this.grammar = grammar;
    this.parts = new WriteParts(grammar);
    this.inserts = new InsertMaker(grammar, parts);
    this.merges = new MergeMaker(grammar, parts, inserts);
  }

  /** A write as a statement. */
  String statement() {
    Dice dice = grammar.dice();
    if (dice.chance(15)) {
      return inWith();
    }
    return switch (dice.next(8)) {
      case 0, 1 -> inserts.insert();
      case 2, 3, 4 -> update();
      case 5, 6 -> delete();
      default -> merges.merge();
    };
  }

  /** A SELECT over what a write under WITH returns. */
  private String inWith() {
    Dice dice = grammar.dice();
    boolean adds = dice.chance(20);
    WriteParts.Target target = parts.target(adds);
    List<SqlType> types = List.of(SqlType.INT, dice.of(SqlType.TEXT, SqlType.INT, SqlType.DATE));
    List<ModelColumn> outputs = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (SqlType type : types) {
      ModelColumn output = new ModelColumn(grammar.draft().name("o"), type, false);
      outputs.add(output);
      texts.add(
          grammar.expressions().of(type, Scope.EMPTY.inner(List.of(target.own())), 1)
              + " AS "
              + output.name());
    }
    String name = grammar.draft().name("cte");
    String returning = " RETURNING " + String.join(", ", texts);
    String write =
        adds
            ? inserts.insert(target, returning)
            : (dice.chance(25)
                    ? "DELETE FROM " + target.name() + " AS " + target.alias()
                    : "UPDATE "
                        + target.name()
                        + " AS "
                        + target.alias()
                        + " SET "
                        + parts.assignment(target, target.own()))
                + " WHERE "
                + parts.bound(target)
                + returning;
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

  private String update() {
    WriteParts.Target target = parts.target(false);
    Source own = target.own();
    String head = "UPDATE " + target.name() + " AS " + target.alias() + " SET ";
    if (grammar.dice().chance(30)) {
      Entry entry = parts.few();
      return head
          + parts.assignment(target, own, entry.source())
          + " FROM "
          + entry.text()
          + " WHERE "
          + parts.bound(target)
          + " AND "
          + grammar.predicates().of(Scope.EMPTY.inner(List.of(own, entry.source())), 1)
          + parts.returning(own, true);
    }
    return head
        + parts.assignment(target, own)
        + " WHERE "
        + parts.bound(target)
        + parts.returning(own, true);
  }

  private String delete() {
    WriteParts.Target target = parts.target(false);
    String using = grammar.dice().chance(30) ? " USING " + parts.few().text() : "";
    return "DELETE FROM "
        + target.name()
        + " "
        + target.alias()
        + using
        + " WHERE "
        + parts.bound(target)
        + parts.returning(target.own(), true);
  }
}
