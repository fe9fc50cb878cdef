package io.pgguard.corpus.worlds;

import java.util.List;

/** Which types stand for the polymorphic ones of a call (PostgreSQL, "Polymorphic Types"). */
final class Polymorphism {
  private final ServerCatalog catalog;
  private final Leaves leaves;
  private final Dice dice;

  Polymorphism(ServerCatalog catalog, Leaves leaves, Dice dice) {
    this.catalog = catalog;
    this.leaves = leaves;
    this.dice = dice;
  }

  /** Whether a polymorphic call can give the type that is wanted. */
  static boolean fitting(Callable callable, String bound) {
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

  /** What a polymorphic call's element is, so that its result is of the bound type. */
  String element(Callable callable, String bound) {
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
              : dice.of(Leaves.COMMON);
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
      case "\"any\"", "any" -> leaves.anyType();
      case "record" -> "pair";
      default -> type;
    };
  }
}
