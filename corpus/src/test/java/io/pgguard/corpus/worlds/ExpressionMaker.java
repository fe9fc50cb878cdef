package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes expressions of a type out of all that the server can call. Not thread-safe. */
final class ExpressionMaker {
  private static final List<String> COMMON =
      List.of(
          "text",
          "text",
          "integer",
          "numeric",
          "boolean",
          "double precision",
          "date",
          "jsonb",
          "bigint",
          "timestamp with time zone",
          "timestamp without time zone",
          "interval",
          "text[]",
          "integer[]",
          "bytea",
          "uuid",
          "int4range",
          "json",
          "inet",
          "xml",
          "tsvector");

  private final ServerCatalog catalog;
  private final Constants constants;
  private final Dice dice;
  private final List<String> types;
  private final Map<String, List<Form>> forms;
  private final Favour favour;
  private boolean wanting;

  ExpressionMaker(
      ServerCatalog catalog,
      Constants constants,
      Map<String, List<Form>> forms,
      Favour favour,
      Dice dice) {
    this.catalog = catalog;
    this.constants = constants;
    this.forms = forms;
    this.favour = favour;
    this.dice = dice;
    this.types = catalog.types().stream().sorted().toList();
  }

  /** The next expression is to hold a protected column, if the scope has one that fits. */
  void want() {
    wanting = true;
  }

  /** A type that expressions are made of. */
  String type(Scope scope) {
    if (wanting && dice.chance(90)) {
      List<Scope.Named> secret = scope.columns().stream().filter(Scope.Named::secret).toList();
      if (!secret.isEmpty()) {
        return dice.of(secret).type();
      }
    }
    if (!scope.columns().isEmpty() && dice.chance(70)) {
      return dice.of(scope.columns()).type();
    }
    return dice.chance(50) ? dice.of(COMMON) : dice.of(types);
  }

  /** An expression of a type, or of one that the server takes for it. */
  Part make(String type, Scope scope, int depth) {
    if (depth <= 0 || dice.chance(wanting ? 12 : 50)) {
      return leaf(type, scope);
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
              ? condition(scope, depth)
              : called(type, scope, depth);
    };
  }

  Part leaf(String type, Scope scope) {
    List<Scope.Named> secret = scope.of(type, true);
    List<Scope.Named> open = scope.of(type, false);
    int roll = dice.below(10);
    if (!secret.isEmpty() && roll < (wanting ? 9 : 5)) {
      wanting = false;
      return Part.expression(type, dice.of(secret).sql());
    }
    if (!open.isEmpty() && roll < 8) {
      return Part.expression(type, dice.of(open).sql());
    }
    if (secret.isEmpty() && dice.chance(wanting ? 90 : 50) && !scope.columns().isEmpty()) {
      return converted(type, scope);
    }
    return constant(type);
  }

  /** A column of another type, made one of this. */
  private Part converted(String type, Scope scope) {
    List<String> from = type.equals("text") ? List.of() : catalog.castable(type);
    Scope.Named column = dice.of(scope.columns());
    for (int tries = 0;
        tries < 16 && !(fits(column, type, from) && (column.secret() || !wanting || tries > 10));
        tries++) {
      column = dice.of(scope.columns());
    }
    wanting &= !(fits(column, type, from) && column.secret());
    return fits(column, type, from)
        ? Part.expression(type, column.sql() + "::" + type)
        : constant(type);
  }

  private static boolean fits(Scope.Named column, String type, List<String> from) {
    return type.equals("text") || from.contains(column.type());
  }

  Part constant(String type) {
    List<String> known = constants.of(type);
    if (known.isEmpty() || dice.chance(4)) {
      return Part.expression(type, "NULL::" + written(type));
    }
    String value = dice.of(known);
    boolean number = value.matches("\\d{1,9}") && (type.equals("integer") || dice.chance(50));
    if (number || (dice.chance(30) && type.equals("text"))) {
      return Part.expression(type, number ? value : ValueKind.quoted(value));
    }
    return Part.expression(type, ValueKind.quoted(value) + "::" + written(type));
  }

  /** {@code character} without a length is one character, and {@code bit} one bit. */
  private static String written(String type) {
    return type.equals("character") ? "bpchar" : type.equals("bit") ? "bit(8)" : type;
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
      return called(type, scope, depth);
    }
    Form form = dice.of(known);
    if ((form.use().equals("a") && !scope.aggregates()) || form.use().equals("g")) {
      return called(type, scope, depth);
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
          place.startsWith("#") ? constant(place.substring(1)) : make(place, scope, depth - 1);
    };
  }

  /** A bare column. */
  Part column(Scope scope) {
    return scope.columns().isEmpty() ? Part.fixed("1") : Part.fixed(dice.of(scope.columns()).sql());
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

  /** A condition, as it stands in WHERE. */
  Part condition(Scope scope, int depth) {
    String type = type(scope);
    Part left = make(type, scope, depth - 1);
    return switch (dice.below(14)) {
      case 0 -> bool(left, dice.any(" IS NULL", " IS NOT NULL"));
      case 1, 2 ->
          bool(
              "(",
              make("boolean", scope, depth - 1),
              dice.any(" AND ", " OR "),
              make("boolean", scope, depth - 1),
              ")");
      case 3 -> bool("(NOT ", make("boolean", scope, depth - 1), ")");
      case 4 ->
          bool(left, dice.any(" IN (", " NOT IN ("), leaf(type, scope), ", ", constant(type), ")");
      case 5 -> bool(left, " = ANY(ARRAY[", leaf(type, scope), ", ", constant(type), "])");
      case 6 ->
          bool(
              "(",
              left,
              dice.any(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC "),
              leaf(type, scope),
              " AND ",
              constant(type),
              ")");
      case 7 ->
          bool(
              "(",
              make("text", scope, depth - 1),
              dice.any(
                  " LIKE ", " ILIKE ", " SIMILAR TO ", " ~ ", " ~* ", " !~ ", " NOT LIKE ", " ^@ "),
              dice.chance(70) ? constant("text") : leaf("text", scope),
              ")");
      case 8 ->
          bool(
              "(",
              left,
              dice.any(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "),
              leaf(type, scope),
              ")");
      case 9 ->
          bool(
              "(",
              make("boolean", scope, depth - 1),
              dice.any(") IS TRUE", ") IS NOT FALSE", ") IS UNKNOWN"));
      case 10 ->
          bool("(", make("text", scope, depth - 1), dice.any(") IS JSON", ") IS NORMALIZED"));
      case 11 -> exists(scope, depth);
      default ->
          bool(
              "(",
              left,
              dice.any(" = ", " <> ", " < ", " >= ", " > "),
              make(type, scope, depth - 2),
              ")");
    };
  }

  private static Part bool(Object... pieces) {
    return Part.expression("boolean", pieces);
  }

  private Part exists(Scope scope, int depth) {
    Relation relation = dice.of(List.copyOf(catalog.relations().values()));
    Scope inner = Scope.of(relation, "x").and(scope);
    return bool(
        "EXISTS (SELECT 1 FROM " + relation.name() + " x WHERE ",
        make("boolean", inner, depth - 1),
        ")");
  }

  private Part called(String type, Scope scope, int depth) {
    List<Callable> giving = catalog.giving(type);
    String bound = type;
    if (giving.isEmpty() || dice.chance(15)) {
      giving =
          catalog.giving(
              type.endsWith("[]")
                  ? dice.any("anyarray", "anycompatiblearray")
                  : catalog.bound(type).isEmpty()
                      ? dice.any("anyelement", "anycompatible", "anyelement")
                      : "anyrange");
    }
    for (int tries = 0; tries < 6 && !giving.isEmpty(); tries++) {
      Callable callable = dice.of(giving);
      if (!favour.takes(callable, dice) || !fitting(callable, bound)) {
        continue;
      }
      if (wanting
          && tries < 5
          && callable.arguments().stream().noneMatch(a -> a.contains("any") || scope.hides(a))) {
        continue;
      }
      if (callable.kind() == 'a' && !scope.aggregates()) {
        continue;
      }
      if (callable.owner() && dice.chance(80)) {
        continue;
      }
      return call(callable, type, bound, scope, depth);
    }
    return leaf(type, scope);
  }

  /** Whether a polymorphic call can give the type that is wanted. */
  private static boolean fitting(Callable callable, String bound) {
    boolean ranges = callable.arguments().stream().anyMatch(a -> a.matches(".*(multi)?range"));
    boolean multi =
        callable.arguments().stream()
            .anyMatch(a -> a.endsWith("multirange") && a.startsWith("any"));
    boolean free = callable.result().startsWith("any");
    return !ranges
        || !free
        || (multi
            ? bound.equals("integer")
            : List.of("integer", "bigint", "numeric", "date").contains(bound));
  }

  /** A call, as an expression of a type. */
  Part call(Callable callable, String type, String bound, Scope scope, int depth) {
    Scope inner = callable.kind() == 'a' ? scope.aggregating(false) : scope;
    String element = element(callable, bound);
    List<Part> arguments = new ArrayList<>();
    for (String argument : callable.arguments()) {
      if (!argument.isEmpty()) {
        arguments.add(make(concrete(argument, element), inner, depth - 1));
      }
    }
    return switch (callable.kind()) {
      case 'o' -> operator(callable, type, arguments);
      case 'c' -> Part.expression(type, "(", arguments.get(0), ")::" + callable.result());
      case 'a' -> aggregate(callable, type, arguments, scope, depth);
      default -> Part.expression(type, callable.name() + "(", Part.joined(", ", arguments), ")");
    };
  }

  private static Part operator(Callable callable, String type, List<Part> arguments) {
    return arguments.size() == 1
        ? Part.expression(type, "(" + callable.name() + " ", arguments.get(0), ")")
        : Part.expression(
            type, "(", arguments.get(0), " " + callable.name() + " ", arguments.get(1), ")");
  }

  private Part aggregate(
      Callable callable, String type, List<Part> arguments, Scope scope, int depth) {
    Part filter =
        dice.chance(20)
            ? Part.clause(
                " FILTER (WHERE ",
                make("boolean", scope.aggregating(false), Math.min(2, depth - 1)),
                ")")
            : Part.clause();
    String name = callable.name();
    if (name.matches(".*\\.(percentile_.*|mode|rank|dense_rank|percent_rank|cume_dist)")) {
      List<Part> direct = arguments.size() > 1 ? arguments.subList(0, 1) : List.of();
      Part sorted = arguments.isEmpty() ? constant("integer") : arguments.get(arguments.size() - 1);
      return Part.expression(
          type,
          name + "(",
          Part.joined(", ", direct),
          ") WITHIN GROUP (ORDER BY ",
          sorted,
          ")",
          filter);
    }
    String distinct = arguments.size() == 1 && dice.chance(20) ? "DISTINCT " : "";
    Part over = dice.chance(10) && distinct.isEmpty() ? Part.clause(" OVER ()") : Part.clause();
    return Part.expression(
        type,
        name + "(" + distinct,
        arguments.isEmpty() && name.endsWith(".count")
            ? Part.fixed("*")
            : Part.joined(", ", arguments),
        ")",
        filter,
        over);
  }

  /** What a polymorphic call's element is, so that its result is of the bound type. */
  private String element(Callable callable, String bound) {
    return switch (callable.result()) {
      case "anyelement", "anycompatible", "anynonarray", "anycompatiblenonarray", "anyenum" ->
          bound;
      case "anyarray", "anycompatiblearray" ->
          catalog.element(bound).isEmpty() ? "text" : catalog.element(bound);
      case "anyrange", "anycompatiblerange" ->
          catalog.bound(bound).isEmpty() ? "integer" : catalog.bound(bound);
      default ->
          callable.arguments().stream().anyMatch(a -> a.startsWith("any") && a.contains("range"))
              ? "integer"
              : dice.of(COMMON);
    };
  }

  /** A type for a polymorphic or pseudo type. */
  String concrete(String type, String element) {
    return switch (type) {
      case "anyelement", "anycompatible", "anynonarray", "anycompatiblenonarray" -> element;
      case "anyarray", "anycompatiblearray" -> element.endsWith("[]") ? element : element + "[]";
      case "anyrange", "anycompatiblerange" ->
          switch (element) {
            case "numeric" -> "numrange";
            case "date" -> "daterange";
            case "bigint" -> "int8range";
            default -> "int4range";
          };
      case "anymultirange", "anycompatiblemultirange" -> "int4multirange";
      case "anyenum" -> "mood";
      case "\"any\"", "any" -> dice.of(types);
      case "record" -> "pair";
      default -> type;
    };
  }

  /** A call that gives a type and takes a part of the same type. */
  Part around(String type, Part part, Part other) {
    List<Callable> giving =
        catalog.giving(type).stream()
            .filter(c -> c.kind() == 'f' || c.kind() == 'o')
            .filter(c -> c.arguments().contains(type))
            .toList();
    if (giving.isEmpty()) {
      return other;
    }
    Callable callable = dice.of(giving);
    List<Part> arguments = new ArrayList<>();
    boolean taken = false;
    for (String argument : callable.arguments()) {
      if (!taken && argument.equals(type)) {
        arguments.add(part);
        taken = true;
      } else if (!argument.isEmpty()) {
        arguments.add(
            argument.equals(type) && dice.chance(50)
                ? other
                : constant(concrete(argument, "text")));
      }
    }
    return callable.kind() == 'o'
        ? operator(callable, type, arguments)
        : Part.expression(type, callable.name() + "(", Part.joined(", ", arguments), ")");
  }

  /** A part compared with a constant of its type. */
  Part comparison(Part part) {
    String type = part.kind().substring(2);
    return bool("(", part, dice.any(" = ", " < ", " >= "), constant(type), ")");
  }
}
