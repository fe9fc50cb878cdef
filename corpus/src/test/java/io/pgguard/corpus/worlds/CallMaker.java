package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.List;

/** Makes calls of what the server's catalog lists. Not thread-safe. */
final class CallMaker {
  private final ServerCatalog catalog;
  private final ExpressionMaker expressions;
  private final Leaves leaves;
  private final Polymorphism polymorphism;
  private final Favour favour;
  private final Dice dice;

  CallMaker(
      ServerCatalog catalog, ExpressionMaker expressions, Leaves leaves, Favour favour, Dice dice) {
    this.catalog = catalog;
    this.expressions = expressions;
    this.leaves = leaves;
    this.polymorphism = new Polymorphism(catalog, leaves, dice);
    this.favour = favour;
    this.dice = dice;
  }

  Part called(String type, Scope scope, int depth) {
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
      if (!favour.takes(callable.name(), dice) || !Polymorphism.fitting(callable, bound)) {
        continue;
      }
      if (leaves.wanting()
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
    return leaves.leaf(type, scope);
  }

  /** A call, as an expression of a type. */
  Part call(Callable callable, String type, String bound, Scope scope, int depth) {
    Scope inner = callable.kind() == 'a' ? scope.aggregating(false) : scope;
    String element = polymorphism.element(callable, bound);
    List<Part> arguments = new ArrayList<>();
    for (String argument : callable.arguments()) {
      if (!argument.isEmpty()) {
        arguments.add(expressions.make(polymorphism.concrete(argument, element), inner, depth - 1));
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
                expressions.make("boolean", scope.aggregating(false), Math.min(2, depth - 1)),
                ")")
            : Part.clause();
    String name = callable.name();
    if (name.matches(".*\\.(percentile_.*|mode|rank|dense_rank|percent_rank|cume_dist)")) {
      List<Part> direct = arguments.size() > 1 ? arguments.subList(0, 1) : List.of();
      Part sorted =
          arguments.isEmpty() ? leaves.constant("integer") : arguments.get(arguments.size() - 1);
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
                : leaves.constant(polymorphism.concrete(argument, "text")));
      }
    }
    return callable.kind() == 'o'
        ? operator(callable, type, arguments)
        : Part.expression(type, callable.name() + "(", Part.joined(", ", arguments), ")");
  }
}
