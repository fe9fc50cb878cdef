package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.KeywordCategory;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the names of types, also those that SQL spells in words of its own. */
final class TypeNames {
  private final Grammar g;
  private final Cursor in;

  TypeNames(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  TypeName type() {
    boolean setOf = in.accept(Keyword.SETOF);
    TypeName simple = simple();
    int dimensions = dimensions();
    if (!setOf && dimensions == 0) {
      return simple;
    }
    return new TypeName(
        simple.token(),
        simple.name(),
        setOf,
        false,
        simple.modifiers(),
        dimensions,
        simple.fields());
  }

  private int dimensions() {
    if (in.accept(Keyword.ARRAY)) {
      if (in.accept('[')) {
        integer();
        in.expect(']');
      }
      return 1;
    }
    int dimensions = 0;
    while (in.accept('[')) {
      if (!in.is(']')) {
        integer();
      }
      in.expect(']');
      dimensions++;
    }
    return dimensions;
  }

  /** A type without array bounds. */
  TypeName simple() {
    TypeName known = builtIn(false);
    if (known != null) {
      return known;
    }
    int token = in.at();
    if (!g.names.isTypeOrFunctionName(0)) {
      throw in.fail("expected a type");
    }
    List<String> parts = new ArrayList<>(2);
    parts.add(in.takeValue());
    while (in.accept('.')) {
      parts.add(g.names.label());
    }
    return named(token, new Name(token, parts), modifiers(), "");
  }

  /**
   * A type that has words of its own in the grammar; null when none starts here.
   *
   * @param constant before a string constant, where the fields of an interval come after it
   */
  @Nullable TypeName builtIn(boolean constant) {
    int token = in.at();
    if (in.accept(Keyword.DOUBLE, Keyword.PRECISION)) {
      return own(token, "float8", List.of(), "");
    }
    Keyword keyword = in.keyword();
    if (keyword == null || keyword.category() != KeywordCategory.COLUMN_NAME) {
      return null;
    }
    String plain =
        switch (keyword) {
          case INT, INTEGER -> "int4";
          case SMALLINT -> "int2";
          case BIGINT -> "int8";
          case REAL -> "float4";
          case BOOLEAN -> "bool";
          case JSON -> "json";
          default -> "";
        };
    if (!plain.isEmpty()) {
      in.skip(1);
      return own(token, plain, List.of(), "");
    }
    return switch (keyword) {
      case DEC, DECIMAL, NUMERIC -> {
        in.skip(1);
        yield own(token, "numeric", modifiers(), "");
      }
      case FLOAT -> floating(token);
      case BIT, CHAR, CHARACTER, NCHAR, VARCHAR -> characters(token, keyword);
      case NATIONAL ->
          in.is(1, Keyword.CHAR) || in.is(1, Keyword.CHARACTER) ? characters(token, keyword) : null;
      case TIME, TIMESTAMP -> time(token, keyword);
      case INTERVAL -> interval(token, constant);
      default -> null;
    };
  }

  private TypeName floating(int token) {
    in.skip(1);
    if (!in.accept('(')) {
      return own(token, "float8", List.of(), "");
    }
    String digits = in.is(TokenKind.INTEGER) ? in.tokens.text(in.at()) : "";
    integer();
    in.expect(')');
    boolean single = digits.length() <= 2 && digits.compareTo("25") < 0 || digits.length() == 1;
    return own(token, single ? "float4" : "float8", List.of(), "");
  }

  private TypeName characters(int token, Keyword keyword) {
    in.skip(keyword == Keyword.NATIONAL ? 2 : 1);
    boolean varying = keyword != Keyword.VARCHAR && in.accept(Keyword.VARYING);
    if (keyword == Keyword.BIT) {
      return own(token, varying ? "varbit" : "bit", modifiers(), "");
    }
    boolean variable = varying || keyword == Keyword.VARCHAR;
    return own(token, variable ? "varchar" : "bpchar", precision(), "");
  }

  private TypeName time(int token, Keyword keyword) {
    in.skip(1);
    List<Expression> precision = precision();
    boolean zoned = false;
    if (in.is(Keyword.WITH) && in.is(1, Keyword.TIME)) {
      in.skip(2);
      in.expect(Keyword.ZONE);
      zoned = true;
    } else if (in.accept(Keyword.WITHOUT, Keyword.TIME)) {
      in.expect(Keyword.ZONE);
    }
    String name = keyword == Keyword.TIME ? "time" : "timestamp";
    return own(token, zoned ? name + "tz" : name, precision, "");
  }

  private TypeName interval(int token, boolean constant) {
    in.skip(1);
    List<Expression> precision = precision();
    String fields = !constant && precision.isEmpty() ? intervalFields() : "";
    return own(token, "interval", precision, fields);
  }

  /** The fields of an interval, such as {@code day to second(3)}; empty for none. */
  String intervalFields() {
    Keyword first = in.keyword();
    if (first == null || intervalRank(first) < 0) {
      return "";
    }
    in.skip(1);
    StringBuilder fields = new StringBuilder(first.name());
    Keyword last = first;
    if (in.accept(Keyword.TO)) {
      Keyword to = in.keyword();
      boolean allowed =
          to != null
              && (first == Keyword.YEAR
                  ? to == Keyword.MONTH
                  : intervalRank(first) >= 2 && intervalRank(to) > intervalRank(first));
      if (!allowed || to == null) {
        throw in.fail("expected a smaller field of an interval");
      }
      in.skip(1);
      fields.append(" TO ").append(to.name());
      last = to;
    }
    if (last == Keyword.SECOND) {
      precision();
    }
    return fields.toString();
  }

  private static int intervalRank(Keyword keyword) {
    return switch (keyword) {
      case YEAR -> 0;
      case MONTH -> 1;
      case DAY -> 2;
      case HOUR -> 3;
      case MINUTE -> 4;
      case SECOND -> 5;
      default -> -1;
    };
  }

  private List<Expression> modifiers() {
    if (!in.accept('(')) {
      return List.of();
    }
    List<Expression> modifiers = g.expressions.list();
    in.expect(')');
    return modifiers;
  }

  private List<Expression> precision() {
    if (!in.accept('(')) {
      return List.of();
    }
    if (!in.is(TokenKind.INTEGER)) {
      throw in.fail("expected an integer");
    }
    Expression value = g.primaries.constant();
    in.expect(')');
    return List.of(value);
  }

  private void integer() {
    if (!in.is(TokenKind.INTEGER)) {
      throw in.fail("expected an integer");
    }
    in.skip(1);
  }

  TypeName own(int token, String name, List<Expression> modifiers, String fields) {
    return named(token, new Name(token, List.of("pg_catalog", name)), modifiers, fields);
  }

  TypeName named(int token, Name name, List<Expression> modifiers, String fields) {
    return new TypeName(token, name, false, false, modifiers, 0, fields);
  }
}
