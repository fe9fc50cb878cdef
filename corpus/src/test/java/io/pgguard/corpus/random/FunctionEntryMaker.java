package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;

/** Writes FROM entries that are functions: series, arrays, splits, JSON, XML, ROWS FROM. */
final class FunctionEntryMaker {
  private final Grammar grammar;
  private final EntryMaker entries;

  FunctionEntryMaker(Grammar grammar, EntryMaker entries) {
    this.grammar = grammar;
    this.entries = entries;
  }

  Entry series() {
    Dice dice = grammar.dice();
    String alias = grammar.draft().name("g");
    int to = 2 + dice.next(9);
    ModelColumn n = new ModelColumn("n", SqlType.INT, false);
    return dice.chance(50)
        ? entries.aliased(
            "generate_series(1, " + to + ") AS " + alias, alias, List.of(n), to, false)
        : entries.aliased(
            "generate_series(1, " + to + ") WITH ORDINALITY AS " + alias,
            alias,
            List.of(n, new ModelColumn("o", SqlType.OTHER, false)),
            to,
            false);
  }

  Entry unnest(Scope before) {
    Dice dice = grammar.dice();
    SqlType type = dice.of(SqlType.TEXT_ARRAY, SqlType.INT_ARRAY);
    String array = grammar.expressions().leaf(type, before);
    ModelColumn item =
        new ModelColumn("i", type == SqlType.INT_ARRAY ? SqlType.INT : SqlType.TEXT, false);
    String alias = grammar.draft().name("u");
    return dice.chance(50)
        ? entries.aliased("unnest(" + array + ") AS " + alias, alias, List.of(item), 3, false)
        : entries.aliased(
            "LATERAL unnest(" + array + ") WITH ORDINALITY AS " + alias,
            alias,
            List.of(item, new ModelColumn("o", SqlType.OTHER, false)),
            3,
            false);
  }

  Entry function(Scope before, int depth) {
    Dice dice = grammar.dice();
    String alias = grammar.draft().name("f");
    ModelColumn key = new ModelColumn("key", SqlType.TEXT, false);
    ModelColumn value = new ModelColumn("value", SqlType.TEXT, false);
    String text = grammar.expressions().leaf(SqlType.TEXT, before);
    List<Source> whole = before.sources().stream().filter(grammar.draft()::mayUseWhole).toList();
    return switch (dice.next(5)) {
      case 0 ->
          entries.aliased(
              "regexp_split_to_table(" + text + ", ' ') AS " + alias,
              alias,
              List.of(value),
              3,
              false);
      case 1 ->
          entries.aliased(
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
              ? entries.aliased(
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

  /** ROWS FROM; what stands before it may give an array. */
  Entry rowsFrom(Scope before) {
    Dice dice = grammar.dice();
    String alias = grammar.draft().name("r");
    ModelColumn a = new ModelColumn("a", SqlType.INT, false);
    String array = grammar.expressions().leaf(SqlType.INT_ARRAY, before);
    List<ModelColumn> columns = new ArrayList<>(List.of(a, a));
    boolean ordinality = dice.chance(30);
    if (ordinality) {
      columns.add(new ModelColumn("o", SqlType.OTHER, false));
    }
    return entries.aliased(
        "ROWS FROM (generate_series(1, 4), unnest("
            + array
            + "))"
            + (ordinality ? " WITH ORDINALITY" : "")
            + " AS "
            + alias,
        alias,
        columns,
        4,
        true);
  }

  /** A function with columns of its own: XMLTABLE, nested JSON_TABLE, a record function. */
  Entry structured(Scope before, int depth) {
    Dice dice = grammar.dice();
    String alias = grammar.draft().name("f");
    ModelColumn a = new ModelColumn("a", SqlType.INT, false);
    ModelColumn color = new ModelColumn("color", SqlType.TEXT, false);
    String json = grammar.expressions().leaf(SqlType.JSONB, before);
    String text = grammar.expressions().leaf(SqlType.TEXT, before);
    return switch (dice.next(6)) {
      case 0 ->
          new Entry(
              "XMLTABLE('/r/i' PASSING xmlelement(name r, xmlelement(name i, "
                  + text
                  + ")) COLUMNS n FOR ORDINALITY, color text PATH '.' DEFAULT 'none') AS "
                  + alias,
              new Source(alias, List.of(a.named("n"), color), 1, true));
      case 1 ->
          new Entry(
              "JSON_TABLE("
                  + json
                  + ", '$' COLUMNS (a FOR ORDINALITY, color text PATH '$.color' DEFAULT 'none' ON EMPTY, has bool EXISTS PATH '$.dims',"
                  + " NESTED PATH '$.tags[*]' COLUMNS (tag text PATH '$'))) AS "
                  + alias,
              new Source(
                  alias,
                  List.of(
                      a, color, new ModelColumn("has", SqlType.BOOL, false), color.named("tag")),
                  2,
                  true));
      case 2 ->
          new Entry(
              "jsonb_to_record(" + json + ") AS " + alias + "(color text, a int)",
              new Source(alias, List.of(color, a), 1, true));
      case 3 ->
          new Entry(
              "jsonb_to_recordset(jsonb_build_array("
                  + json
                  + ", '{\"a\": 3}'::jsonb)) AS "
                  + alias
                  + "(a int, color text)",
              new Source(alias, List.of(a, color), 2, true));
      case 4 -> rowsFrom(before);
      default ->
          entries.aliased(
              dice.of("initcap(%s)", "upper((%s)::text)")
                      .replace("%s", grammar.expressions().of(SqlType.TEXT, before, depth - 1))
                  + " AS "
                  + alias,
              alias,
              List.of(color),
              1,
              false);
    };
  }
}
