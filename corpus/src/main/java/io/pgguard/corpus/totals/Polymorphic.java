package io.pgguard.corpus.totals;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The concrete signatures that stand for one with polymorphic arguments (any, anyelement, ...). */
final class Polymorphic {
  private static final List<String> ELEMENTS =
      List.of(
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "text",
          "varchar",
          "bpchar",
          "name",
          "bool",
          "bytea",
          "date",
          "time",
          "timestamp",
          "timestamptz",
          "interval",
          "uuid",
          "inet",
          "jsonb");

  private static final Map<String, String> RANGES =
      Map.of(
          "int4", "int4range",
          "int8", "int8range",
          "numeric", "numrange",
          "date", "daterange",
          "timestamptz", "tstzrange");

  private Polymorphic() {}

  /** The signature itself where it has no polymorphic argument. */
  static List<Signature> instances(Signature signature) {
    Set<Signature> found = new LinkedHashSet<>();
    for (String element : ELEMENTS) {
      List<Signature.Argument> arguments = new ArrayList<>();
      boolean fits = true;
      for (Signature.Argument argument : signature.arguments()) {
        String type = concrete(argument.type(), element);
        fits &= !type.isEmpty();
        arguments.add(new Signature.Argument(type, argument.check()));
      }
      if (fits) {
        found.add(new Signature(signature.kind(), signature.name(), arguments));
      }
    }
    return List.copyOf(found);
  }

  private static String concrete(String type, String element) {
    return switch (type) {
      case "any", "anyelement", "anynonarray", "anycompatible", "anycompatiblenonarray" -> element;
      case "anyarray", "anycompatiblearray" -> "_" + element;
      case "anyrange", "anycompatiblerange" -> RANGES.getOrDefault(element, "");
      case "anymultirange", "anycompatiblemultirange" ->
          RANGES.getOrDefault(element, "").replace("range", "multirange");
      case "anyenum" -> "mood";
      default -> type;
    };
  }
}
