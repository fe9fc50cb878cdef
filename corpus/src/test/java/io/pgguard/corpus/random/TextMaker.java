package io.pgguard.corpus.random;

import java.util.List;

/** Writes text expressions: operators, functions, casts of every type, rows as text. */
final class TextMaker {
  private final Grammar grammar;

  TextMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  String text(Scope scope, int depth) {
    Dice dice = grammar.dice();
    return switch (dice.next(10)) {
      case 0, 1 -> built(scope, depth);
      case 6 -> rare(scope, depth);
      case 2, 3 -> cut(scope, depth);
      case 4 -> fromOther(scope, depth);
      case 5 -> row(scope, depth);
      default -> simple(scope, depth);
    };
  }

  private String simple(Scope scope, int depth) {
    Dice dice = grammar.dice();
    String inner = of(SqlType.TEXT, scope, depth);
    return switch (dice.next(7)) {
      case 0 -> "md5(" + inner + ")";
      case 1 -> "encode(convert_to(" + inner + ", 'UTF8'), " + dice.of("'hex'", "'base64'") + ")";
      case 2 -> "quote_literal(" + inner + ")";
      case 3 ->
          dice.of("%s::text", "%s::varchar(40)", "%s::varchar", "(%s COLLATE \"C\")")
              .replace("%s", inner);
      case 4 -> "regexp_replace(" + inner + ", '[aeiou]', '_', 'g')";
      case 5 -> "translate(" + inner + ", 'abc', 'xyz')";
      default ->
          dice.of("upper(", "lower(", "initcap(", "reverse(", "btrim(", "pg_catalog.upper(")
              + inner
              + ")";
    };
  }

  /** What is less often written: new and old spellings, and functions of PostgreSQL's own. */
  private String rare(Scope scope, int depth) {
    Dice dice = grammar.dice();
    String inner = of(SqlType.TEXT, scope, depth);
    return switch (dice.next(14)) {
      case 0 -> "concat_ws('+', VARIADIC ARRAY[" + inner + ", 'v'])";
      case 1 -> "format('%2$s %1$I', 'a', " + inner + ")";
      case 2 -> "regexp_substr(" + inner + ", '[a-z]+', 1, 1)";
      case 3 -> "(regexp_match(" + inner + ", '(\\w)(\\w)'))[2]";
      case 4 -> "normalize(" + inner + ", NFC)";
      case 5 -> "(ROW(" + of(SqlType.INT, scope, depth) + ", (" + inner + ")::text)).f2";
      case 6 -> "pg_typeof(" + of(grammar.expressions().anyType(), scope, depth) + ")::text";
      case 7 -> "xmlelement(name x, xmlattributes(" + inner + " AS a), 'y')::text";
      case 8 -> "xmlforest(" + inner + " AS a, 7 AS b)::text";
      case 9 ->
          // in a query of its own: under CASE 1 WHEN ... PostgreSQL 18.6 takes the 1 for the object
          // and crashes
          "(SELECT JSON_SERIALIZE(JSON_OBJECT('k': "
              + of(grammar.expressions().anyType(), scope, depth)
              + ") RETURNING text))";
      case 10 -> "JSON_SCALAR(" + of(SqlType.INT, scope, depth) + ")::text";
      case 11 -> "((" + of(SqlType.JSONB, scope, depth) + ")['color'])::text";
      case 12 -> "age(" + of(SqlType.DATE, scope, depth) + ", date '2020-02-29')::text";
      default -> "(SELECT v.x FROM (VALUES ((" + inner + ")::text)) AS v(x))";
    };
  }

  private String built(Scope scope, int depth) {
    Dice dice = grammar.dice();
    String one = of(SqlType.TEXT, scope, depth);
    String two = of(dice.chance(70) ? SqlType.TEXT : grammar.expressions().anyType(), scope, depth);
    return switch (dice.next(6)) {
      case 0 -> "concat(" + one + ", " + two + ")";
      case 1 -> "concat_ws('-', " + one + ", " + two + ")";
      case 2 -> "format('%s/%s', " + one + ", " + two + ")";
      case 3 -> "array_to_string(ARRAY[" + one + ", " + of(SqlType.TEXT, scope, depth) + "], ',')";
      case 4 -> "replace(" + one + ", 'a', " + of(SqlType.TEXT, scope, depth) + ")";
      default -> "(" + one + " || " + of(SqlType.TEXT, scope, depth) + ")";
    };
  }

  private String cut(Scope scope, int depth) {
    Dice dice = grammar.dice();
    String inner = of(SqlType.TEXT, scope, depth);
    return switch (dice.next(8)) {
      case 0 -> "substring(" + inner + " FROM 1 FOR " + (1 + dice.next(12)) + ")";
      case 1 -> "substr(" + inner + ", " + (1 + dice.next(4)) + ")";
      case 2 -> "left(" + inner + ", " + (1 + dice.next(20)) + ")";
      case 3 -> "right(" + inner + ", 9)";
      case 4 -> "split_part(" + inner + ", ' ', 1)";
      case 5 -> "trim(both ' ' FROM " + inner + ")";
      case 6 -> "overlay(" + inner + " PLACING 'zz' FROM 2 FOR 1)";
      default -> "lpad(" + inner + ", 30, '.')";
    };
  }

  private String fromOther(Scope scope, int depth) {
    Dice dice = grammar.dice();
    return switch (dice.next(9)) {
      case 0 -> of(SqlType.JSONB, scope, depth) + " ->> 'color'";
      case 1 -> "to_char(" + of(SqlType.DATE, scope, depth) + ", 'YYYY-MM-DD')";
      case 2 -> of(SqlType.JSONB, scope, depth) + " #>> '{dims,w}'";
      case 3 -> "(" + of(SqlType.TEXT_ARRAY, scope, depth) + ")[1]";
      case 4 -> "JSON_VALUE(" + of(SqlType.JSONB, scope, depth) + ", '$.color')";
      case 5 -> orText(SqlType.CONTACT, "(%s).email", "(%s).city", "(%s)::text", scope);
      case 6 ->
          orText(
              SqlType.XML,
              "(%s)::text",
              "(xpath('//contact/text()', %s))[1]::text",
              "xmlserialize(CONTENT %s AS text)",
              scope);
      default -> "CAST(" + of(grammar.expressions().anyType(), scope, depth) + " AS text)";
    };
  }

  private String orText(SqlType type, String a, String b, String c, Scope scope) {
    String column = grammar.expressions().column(type, scope);
    return column.isEmpty()
        ? grammar.expressions().leaf(SqlType.TEXT, scope)
        : grammar.dice().of(a, b, c).formatted(column);
  }

  private String row(Scope scope, int depth) {
    Dice dice = grammar.dice();
    List<Source> whole = scope.visible().stream().filter(grammar.draft()::mayUseWhole).toList();
    if (whole.isEmpty() || dice.chance(30)) {
      String row =
          "ROW(" + of(SqlType.TEXT, scope, depth) + ", " + of(SqlType.INT, scope, depth) + ")";
      return dice.of(
          "row_to_json(" + row + ")::text", row + "::text", "to_json(" + row + ")::text");
    }
    String alias = grammar.draft().whole(dice.pick(whole));
    return dice.of(
        alias + "::text",
        "row_to_json(" + alias + ")::text",
        "ROW(" + alias + ".*)::text",
        "to_jsonb(" + alias + ")::text",
        "concat(" + alias + ")",
        "format('%s', " + alias + ")");
  }

  private String of(SqlType type, Scope scope, int depth) {
    return grammar.expressions().of(type, scope, depth);
  }
}
