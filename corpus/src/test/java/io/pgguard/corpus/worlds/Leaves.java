package io.pgguard.corpus.worlds;

import java.util.List;

/** Makes what expressions end in: columns and constants, and chooses types. Not thread-safe. */
final class Leaves {
  static final List<String> COMMON =
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
  private boolean wanting;

  Leaves(ServerCatalog catalog, Constants constants, Dice dice) {
    this.catalog = catalog;
    this.constants = constants;
    this.dice = dice;
    this.types = catalog.types().stream().sorted().toList();
  }

  /** Whether a protected column is still wanted. */
  boolean wanting() {
    return wanting;
  }

  /** Any type that a column has. */
  String anyType() {
    return dice.of(types);
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

  /** The column of a name, or where the scope has none, what could stand for it. */
  Part named(String column, Scope scope) {
    List<Scope.Named> found =
        scope.columns().stream().filter(c -> c.sql().endsWith("." + column)).toList();
    if (found.isEmpty()) {
      return leaf(type(scope), scope);
    }
    Scope.Named one = dice.of(found);
    wanting &= !one.secret();
    return Part.expression(one.type(), one.sql());
  }

  /** A constant's value as it stands, without quotes or type. */
  Part raw(String type) {
    List<String> known = constants.of(type);
    return Part.fixed(known.isEmpty() ? "1" : dice.of(known).replace("@", ""));
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

  /** A bare column. */
  Part column(Scope scope) {
    return scope.columns().isEmpty() ? Part.fixed("1") : Part.fixed(dice.of(scope.columns()).sql());
  }
}
