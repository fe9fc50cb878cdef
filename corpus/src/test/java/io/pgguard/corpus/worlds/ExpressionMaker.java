package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes expressions of a type out of all that the server can call. Not thread-safe. */
final class ExpressionMaker {
  private final ServerCatalog catalog;
  private final Dice dice;
  private final Map<String, List<Form>> forms;
  private final Leaves leaves;
  private final CallMaker calls;
  private final ConditionMaker conditions;

  ExpressionMaker(
      ServerCatalog catalog,
      Constants constants,
      Map<String, List<Form>> forms,
      Favour favour,
      Dice dice) {
    this.catalog = catalog;
    this.forms = forms;
    this.dice = dice;
    this.leaves = new Leaves(catalog, constants, dice);
    this.calls = new CallMaker(catalog, this, leaves, favour, dice);
    this.conditions = new ConditionMaker(catalog, this, leaves, dice);
  }

  Leaves leaves() {
    return leaves;
  }

  CallMaker calls() {
    return calls;
  }

  ConditionMaker conditions() {
    return conditions;
  }

  /** The next expression is to hold a protected column, if the scope has one that fits. */
  void want() {
    leaves.want();
  }

  /** A type that expressions are made of. */
  String type(Scope scope) {
    return leaves.type(scope);
  }

  Part constant(String type) {
    return leaves.constant(type);
  }

  Part column(Scope scope) {
    return leaves.column(scope);
  }

  /** An expression of a type, or of one that the server takes for it. */
  Part make(String type, Scope scope, int depth) {
    if (depth <= 0 || dice.chance(leaves.wanting() ? 12 : 50)) {
      return leaves.leaf(type, scope);
    }
    return switch (dice.below(20)) {
      case 0, 1 -> cast(type, scope, depth);
      case 2 -> whenCase(type, scope, depth);
      case 3 -> chosen(type, scope, depth);
      case 4 -> subquery(type, scope, depth);
      case 5 -> ofContainer(type, scope, depth);
      case 6, 7, 8, 9 -> formed(type, scope, depth);
      default ->
          type.equals("boolean") && dice.chance(60)
              ? conditions.condition(scope, depth)
              : calls.called(type, scope, depth);
    };
  }

  private Part cast(String type, Scope scope, int depth) {
    List<String> castable = catalog.castable(type);
    String from =
        type.equals("text")
            ? type(scope)
            : castable.isEmpty() || dice.chance(10) ? "text" : dice.of(castable);
    return Part.expression(type, "CAST(", make(from, scope, depth - 1), " AS " + type + ")");
  }

  private Part whenCase(String type, Scope scope, int depth) {
    Part yes = make(type, scope, depth - 1);
    return dice.chance(30)
        ? Part.expression(
            type,
            "CASE WHEN ",
            make("boolean", dice.chance(70) ? scope.open() : scope, depth - 1),
            " THEN ",
            yes,
            " END")
        : Part.expression(
            type,
            "CASE WHEN ",
            make("boolean", dice.chance(70) ? scope.open() : scope, depth - 1),
            " THEN ",
            yes,
            " ELSE ",
            make(type, scope, depth - 2),
            " END");
  }

  private Part chosen(String type, Scope scope, int depth) {
    String word = dice.any("COALESCE", "NULLIF", "NULLIF", "GREATEST", "LEAST");
    return Part.expression(
        type, word + "(", make(type, scope, depth - 1), ", ", make(type, scope, depth - 2), ")");
  }

  private Part formed(String type, Scope scope, int depth) {
    List<Form> known = forms.getOrDefault(type, List.of());
    if (known.isEmpty()) {
      return calls.called(type, scope, depth);
    }
    Form form = dice.of(known);
    if ((form.use().equals("a") && !scope.aggregates()) || form.use().equals("g")) {
      return calls.called(type, scope, depth);
    }
    Scope inner = form.use().isEmpty() ? scope : scope.aggregating(false);
    return fill(form.template(), "e:" + type, inner, depth);
  }

  /** A template with its places filled. */
  Part fill(Template template, String kind, Scope scope, int depth) {
    List<Object> pieces = new ArrayList<>();
    for (int i = 0; i < template.places().size(); i++) {
      pieces.add(template.words().get(i));
      pieces.add(place(template.places().get(i), scope, depth));
    }
    pieces.add(template.words().get(template.words().size() - 1));
    return new Part(kind, pieces);
  }

  private Part place(String place, Scope scope, int depth) {
    return switch (place) {
      case "any" -> make(type(scope), scope, depth - 1);
      case "any[]" -> make(dice.any("text[]", "integer[]", "numeric[]"), scope, depth - 1);
      case "column" -> column(scope);
      case "decimal" -> make("numeric", scope, depth - 1);
      case "field" ->
          Part.fixed(
              dice.any("year", "epoch", "isodow", "quarter", "timezone", "julian", "second"));
      case "q:text" -> Part.fixed("SELECT s.ssn FROM person s WHERE s.id = 1");
      default ->
          switch (place.charAt(0)) {
            case '#' -> constant(place.substring(1));
            case '@' -> leaves.named(place.substring(1), scope);
            default -> make(place, scope, depth - 1);
          };
    };
  }

  private Part subquery(String type, Scope scope, int depth) {
    Relation relation = dice.of(List.copyOf(catalog.relations().values()));
    Scope inner = Scope.of(relation, "s");
    Part where =
        dice.chance(60)
            ? Part.clause(" WHERE ", make("boolean", dice.chance(70) ? inner.open() : inner, 1))
            : Part.clause();
    String word = dice.any("min", "max");
    return dice.chance(50)
        ? Part.expression(
            type,
            "(SELECT " + word + "(",
            make(type, inner, depth - 2),
            ") FROM " + relation.name() + " s",
            where,
            ")")
        : Part.expression(
            type,
            "(SELECT ",
            make(type, dice.chance(50) ? inner.and(scope) : inner, depth - 2),
            " FROM " + relation.name() + " s",
            where,
            " ORDER BY 1 LIMIT 1)");
  }

  private Part ofContainer(String type, Scope scope, int depth) {
    if (!catalog.element(type).isEmpty() && dice.chance(60)) {
      String element = catalog.element(type);
      return Part.expression(
          type,
          "ARRAY[",
          make(element, scope, depth - 1),
          ", ",
          make(element, scope, depth - 2),
          "]::" + type);
    }
    return switch (dice.below(4)) {
      case 0 ->
          Part.expression(
              type,
              "(ARRAY[",
              make(type, scope, depth - 1),
              ", ",
              make(type, scope, depth - 2),
              "])[",
              make("integer", scope, 0),
              "]");
      case 1 ->
          Part.expression(
              type, "(jsonb_build_object('k', ", make(type, scope, depth - 1), ")->>'k')::" + type);
      case 2 ->
          Part.expression(
              type, "(row_to_json(ROW(", make(type, scope, depth - 1), "))->>'f1')::" + type);
      default -> Part.expression(type, "(", make(type, scope, depth - 1), ")");
    };
  }
}
