package io.pgguard.corpus.random;

import java.util.List;

/** Writes jsonb expressions: constructors, operators, paths, aggregates of a subquery. */
final class JsonMaker {
  private final Grammar grammar;

  JsonMaker(Grammar grammar) {
    this.grammar = grammar;
  }

  String value(Scope scope, int depth) {
    Dice dice = grammar.dice();
    String any = of(grammar.expressions().anyType(), scope, depth);
    return switch (dice.next(16)) {
      case 0 -> "jsonb_build_object('a', " + any + ", 'b', " + of(SqlType.TEXT, scope, depth) + ")";
      case 1 ->
          "JSON_OBJECT('a': "
              + any
              + dice.of(", 'b' VALUE ", ", 'b': ")
              + of(SqlType.INT, scope, depth)
              + " ABSENT ON NULL RETURNING jsonb)";
      case 2 ->
          "JSON_ARRAY("
              + any
              + ", "
              + of(SqlType.TEXT, scope, depth)
              + " NULL ON NULL RETURNING jsonb)";
      case 3 -> "jsonb_build_array(" + any + ", " + of(SqlType.TEXT, scope, depth) + ")";
      case 4 -> "to_jsonb(" + any + ")";
      case 5 ->
          "("
              + of(SqlType.JSONB, scope, depth)
              + " -> "
              + dice.of("'dims'", "'tags'", "'user'", "0")
              + ")";
      case 6 ->
          "(" + of(SqlType.JSONB, scope, depth) + " || " + of(SqlType.JSONB, scope, depth) + ")";
      case 7 -> "jsonb_strip_nulls(" + of(SqlType.JSONB, scope, depth) + ")";
      case 8 -> "jsonb_path_query_array(" + of(SqlType.JSONB, scope, depth) + ", '$.*')";
      case 9 -> "JSON_QUERY(" + of(SqlType.JSONB, scope, depth) + ", '$.dims')";
      case 11 ->
          "JSON_ARRAY("
              + grammar.queries().bracketed(List.of(SqlType.INT), scope, depth)
              + " RETURNING jsonb)";
      case 12 ->
          "JSON_QUERY("
              + of(SqlType.JSONB, scope, depth)
              + ", '$.a' RETURNING jsonb WITH WRAPPER NULL ON EMPTY)";
      case 13 -> "JSON(" + of(SqlType.JSONB, scope, depth) + "::text)::jsonb";
      case 14 ->
          "jsonb_set("
              + of(SqlType.JSONB, scope, depth)
              + ", '{a}', to_jsonb("
              + any
              + "), create_if_missing => true)";
      case 10 ->
          "(SELECT jsonb_agg(q) FROM "
              + grammar.queries().bracketed(List.of(SqlType.INT, SqlType.TEXT), scope, depth)
              + " q)";
      default -> whole(scope, any);
    };
  }

  private String whole(Scope scope, String otherwise) {
    List<Source> whole = scope.visible().stream().filter(grammar.draft()::mayUseWhole).toList();
    return whole.isEmpty()
        ? "to_jsonb(" + otherwise + ")"
        : "to_jsonb(" + grammar.draft().whole(grammar.dice().pick(whole)) + ")";
  }

  private String of(SqlType type, Scope scope, int depth) {
    return grammar.expressions().of(type, scope, depth);
  }
}
