package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes single entries of FROM clauses: relations, subqueries, functions, VALUES, common tables.
 */
final class EntryMaker {
  private final Grammar grammar;

  EntryMaker(Grammar grammar) {
    this.grammar = grammar;
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
    int form = dice.next(depth > 0 ? 20 : 12);
    return switch (form) {
      case 11 -> series();
      case 12 -> values(depth);
      case 13 -> lateral && !before.sources().isEmpty() ? unnest(before) : series();
      case 14 -> lateral && !before.sources().isEmpty() ? function(before, depth) : rowsFrom();
      case 15, 16, 17 ->
          subquery(lateral && !before.sources().isEmpty() ? before : Scope.EMPTY, depth);
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

  private Entry aliased(
      String text, String alias, List<ModelColumn> columns, int rows, boolean whole) {
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

  private Entry values(int depth) {
    List<SqlType> types = types();
    String alias = grammar.draft().name("v");
    Query query = grammar.queries().values(types, Scope.EMPTY, depth - 1);
    return aliased(
        "(" + query.text() + ") AS " + alias, alias, query.columns(), query.rows(), true);
  }

  private Entry series() {
    Dice dice = grammar.dice();
    String alias = grammar.draft().name("g");
    int to = 2 + dice.next(9);
    ModelColumn n = new ModelColumn("n", SqlType.INT, false);
    return dice.chance(50)
        ? aliased("generate_series(1, " + to + ") AS " + alias, alias, List.of(n), to, false)
        : aliased(
            "generate_series(1, " + to + ") WITH ORDINALITY AS " + alias,
            alias,
            List.of(n, new ModelColumn("o", SqlType.OTHER, false)),
            to,
            false);
  }

  private Entry unnest(Scope before) {
    Dice dice = grammar.dice();
    SqlType type = dice.of(SqlType.TEXT_ARRAY, SqlType.INT_ARRAY);
    String array = grammar.expressions().leaf(type, before);
    ModelColumn item =
        new ModelColumn("i", type == SqlType.INT_ARRAY ? SqlType.INT : SqlType.TEXT, false);
    String alias = grammar.draft().name("u");
    return dice.chance(50)
        ? aliased("unnest(" + array + ") AS " + alias, alias, List.of(item), 3, false)
        : aliased(
            "LATERAL unnest(" + array + ") WITH ORDINALITY AS " + alias,
            alias,
            List.of(item, new ModelColumn("o", SqlType.OTHER, false)),
            3,
            false);
  }

  private Entry function(Scope before, int depth) {
    Dice dice = grammar.dice();
    String alias = grammar.draft().name("f");
    ModelColumn key = new ModelColumn("key", SqlType.TEXT, false);
    ModelColumn value = new ModelColumn("value", SqlType.TEXT, false);
    String text = grammar.expressions().leaf(SqlType.TEXT, before);
    List<Source> whole = before.sources().stream().filter(grammar.draft()::mayUseWhole).toList();
    return switch (dice.next(5)) {
      case 0 ->
          aliased(
              "regexp_split_to_table(" + text + ", ' ') AS " + alias,
              alias,
              List.of(value),
              3,
              false);
      case 1 ->
          aliased(
              "string_to_table(" + text + ", 'a') AS " + alias, alias, List.of(value), 3, false);
      case 2 ->
          new Entry(
              "jsonb_each_text(jsonb_build_object('k', "
                  + grammar.expressions().of(grammar.expressions().anyType(), before, depth - 1)
                  + ")) AS "
                  + alias,
              new Source(alias, List.of(key, value), 2, true));
      case 3 ->
          new Entry(
              "JSON_TABLE("
                  + grammar.expressions().leaf(SqlType.JSONB, before)
                  + ", '$' COLUMNS (color text PATH '$.color', a int PATH '$.a')) AS "
                  + alias,
              new Source(
                  alias,
                  List.of(value.named("color"), new ModelColumn("a", SqlType.INT, false)),
                  1,
                  true));
      default ->
          whole.isEmpty()
              ? aliased(
                  "regexp_split_to_table(" + text + ", '-') AS " + alias,
                  alias,
                  List.of(value),
                  3,
                  false)
              : new Entry(
                  "jsonb_each_text(to_jsonb("
                      + grammar.draft().whole(dice.pick(whole))
                      + ")) AS "
                      + alias,
                  new Source(alias, List.of(key, value), 8, true));
    };
  }

  private Entry rowsFrom() {
    String alias = grammar.draft().name("r");
    ModelColumn a = new ModelColumn("a", SqlType.INT, false);
    return aliased(
        "ROWS FROM (generate_series(1, 4), unnest(ARRAY[7, 8])) AS " + alias,
        alias,
        List.of(a, a),
        4,
        true);
  }
}
