package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes single entries of FROM clauses: relations, subqueries, functions, VALUES, common tables.
 */
final class EntryMaker {
  private final Grammar grammar;
  private final FunctionEntryMaker functions;

  EntryMaker(Grammar grammar) {
    this.grammar = grammar;
    this.functions = new FunctionEntryMaker(grammar, this);
  }

  /** An entry; {@code before} is what a LATERAL one sees. */
  Entry entry(Scope before, boolean lateral, int depth) {
    Dice dice = grammar.dice();
    List<Source> common = grammar.draft().commonTables();
    if (!common.isEmpty() && dice.chance(45)) {
      Source table = dice.pick(common);
      String alias = grammar.draft().name("w");
      return new Entry(
          table.alias() + dice.of(" AS ", " ") + alias,
          new Source(alias, table.columns(), table.rows(), true));
    }
    boolean sideways = lateral && !before.sources().isEmpty();
    int form = dice.next(depth > 0 ? 21 : 12);
    return switch (form) {
      case 11 -> functions.series();
      case 12 -> values(depth);
      case 13 -> sideways ? functions.unnest(before) : functions.series();
      case 14 -> sideways ? functions.function(before, depth) : functions.rowsFrom(Scope.EMPTY);
      case 15, 16, 17 -> subquery(sideways ? before : Scope.EMPTY, depth);
      case 18 -> sideways ? functions.structured(before, depth) : table();
      default -> relation();
    };
  }

  Entry relation() {
    Draft draft = grammar.draft();
    Dice dice = grammar.dice();
    ModelRelation relation = draft.anyRelation();
    boolean bare = relation.name().startsWith("public.") && dice.chance(75);
    String name =
        bare ? relation.bareName() : dice.chance(90) ? relation.name() : quoted(relation.name());
    String only = relation.kind() == 'r' && dice.chance(4) ? "ONLY " : "";
    String sample =
        relation.sampled() && only.isEmpty() && dice.chance(4)
            ? dice.of(
                " TABLESAMPLE BERNOULLI (60) REPEATABLE (3)",
                " TABLESAMPLE SYSTEM (100) REPEATABLE (1)")
            : "";
    if (dice.chance(15) && relation.columns().size() > 2) {
      return renamed(relation, only + name, sample);
    }
    String alias = draft.name("t");
    return new Entry(
        only + name + dice.of(" AS ", " ") + alias + sample,
        new Source(alias, relation.columns(), relation.rows(), true));
  }

  private Entry renamed(ModelRelation relation, String name, String sample) {
    int count = 1 + grammar.dice().next(relation.columns().size());
    List<ModelColumn> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (ModelColumn column : relation.columns()) {
      if (columns.size() < count) {
        // now and then a name that another column of the relation bears
        String fresh = grammar.draft().name("k");
        columns.add(column.named(fresh));
        names.add(fresh);
      } else {
        columns.add(column);
      }
    }
    String alias = grammar.draft().name("t");
    return new Entry(
        name + " AS " + alias + "(" + String.join(", ", names) + ")" + sample,
        new Source(alias, columns, relation.rows(), true));
  }

  private static String quoted(String name) {
    return "\"" + name.replace(".", "\".\"") + "\"";
  }

  private Entry subquery(Scope before, int depth) {
    Dice dice = grammar.dice();
    Query query = grammar.queries().query(types(), before, depth - 1);
    String alias = grammar.draft().name("s");
    String lateral = before.sources().isEmpty() ? dice.chance(5) ? "LATERAL " : "" : "LATERAL ";
    if (dice.chance(30)) {
      return aliased(
          lateral + "(" + query.text() + ") AS " + alias,
          alias,
          query.columns(),
          query.rows(),
          true);
    }
    return new Entry(
        lateral + "(" + query.text() + ") " + alias,
        new Source(alias, query.columns(), query.rows(), true));
  }

  /** The entry under an alias with a name of its own for each column. */
  Entry aliased(String text, String alias, List<ModelColumn> columns, int rows, boolean whole) {
    List<ModelColumn> renamed =
        columns.stream().map(c -> c.named(grammar.draft().name("k"))).toList();
    return new Entry(
        text + "(" + String.join(", ", renamed.stream().map(ModelColumn::name).toList()) + ")",
        new Source(alias, renamed, rows, whole));
  }

  private List<SqlType> types() {
    List<SqlType> types = new ArrayList<>(List.of(SqlType.INT));
    for (int i = grammar.dice().next(3); i >= 0; i--) {
      types.add(grammar.expressions().anyType());
    }
    return types;
  }

  /** TABLE in brackets. */
  private Entry table() {
    Draft draft = grammar.draft();
    ModelRelation relation = draft.anyRelation();
    if (relation.hasHot() && draft.reach() != Draft.Reach.HOT) {
      return relation();
    }
    if (relation.hasHot()) {
      draft.useHot();
    }
    String alias = draft.name("t");
    return new Entry(
        "(TABLE " + relation.name() + ") AS " + alias,
        new Source(alias, relation.columns(), relation.rows(), true));
  }

  private Entry values(int depth) {
    List<SqlType> types = types();
    String alias = grammar.draft().name("v");
    Query query = grammar.queries().values(types, Scope.EMPTY, depth - 1);
    return aliased(
        "(" + query.text() + ") AS " + alias, alias, query.columns(), query.rows(), true);
  }
}
