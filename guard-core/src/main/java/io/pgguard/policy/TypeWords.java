package io.pgguard.policy;

import java.util.Locale;
import java.util.Map;

/**
 * Gives a type one name, whichever of its names it was written with (PostgreSQL documentation,
 * "Data Types", table of aliases; the internal names from {@code pg_type}).
 */
final class TypeWords {
  private static final Map<String, String> ONE_NAME =
      Map.ofEntries(
          Map.entry("int", "int4"),
          Map.entry("integer", "int4"),
          Map.entry("smallint", "int2"),
          Map.entry("bigint", "int8"),
          Map.entry("boolean", "bool"),
          Map.entry("real", "float4"),
          Map.entry("float", "float8"),
          Map.entry("double precision", "float8"),
          Map.entry("decimal", "numeric"),
          Map.entry("dec", "numeric"),
          Map.entry("character varying", "varchar"),
          Map.entry("char varying", "varchar"),
          Map.entry("character", "bpchar"),
          Map.entry("char", "bpchar"),
          Map.entry("bit varying", "varbit"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("time with time zone", "timetz"),
          Map.entry("time without time zone", "time"));

  private TypeWords() {}

  /** The one name of a type: no modifiers, {@code []} at the end of any array. */
  static String canonical(String written) {
    String type = squeeze(written);
    boolean array = false;
    while (type.endsWith("]") && type.indexOf('[') > 0) {
      array = true;
      type = type.substring(0, type.lastIndexOf('[')).strip();
    }
    if (type.endsWith(" array")) {
      array = true;
      type = type.substring(0, type.length() - " array".length());
    }
    if (type.startsWith("variadic ")) {
      type = type.substring("variadic ".length());
    }
    type = withoutModifier(type);
    if (type.startsWith("pg_catalog.")) {
      type = type.substring("pg_catalog.".length());
    }
    if (type.startsWith("_") && !array) {
      array = true;
      type = type.substring(1);
    }
    String name = ONE_NAME.getOrDefault(type, type);
    return array ? name + "[]" : name;
  }

  /** {@code timestamp(3) with time zone} loses its {@code (3)}. */
  private static String withoutModifier(String type) {
    int open = type.indexOf('(');
    int close = type.indexOf(')', open + 1);
    if (open < 0 || close < 0) {
      return type;
    }
    return (type.substring(0, open).strip() + type.substring(close + 1)).strip();
  }

  private static String squeeze(String written) {
    String type = written.strip();
    if (type.indexOf('"') >= 0) {
      return type;
    }
    StringBuilder out = new StringBuilder(type.length());
    boolean space = false;
    for (char c : type.toLowerCase(Locale.ROOT).toCharArray()) {
      if (Character.isWhitespace(c)) {
        space = true;
        continue;
      }
      if (space) {
        out.append(' ');
        space = false;
      }
      out.append(c);
    }
    return out.toString();
  }
}
