package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the functions that SQL gives a syntax of their own (EXTRACT, TRIM, CURRENT_DATE, ...). */
final class SpecialFunctions {
  private final Grammar g;
  private final Cursor in;

  SpecialFunctions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** Such a function; null, with nothing read, when none starts here. */
  @Nullable Expression call() {
    Keyword keyword = in.keyword();
    if (keyword == null) {
      return null;
    }
    Expression value = g.values.call(keyword);
    if (value != null) {
      return value;
    }
    if (keyword == Keyword.COLLATION && in.is(1, Keyword.FOR)) {
      return collationFor();
    }
    if (!in.is(1, '(')) {
      return null;
    }
    in.enter(4);
    Expression call = parenthesized(keyword);
    if (call == null) {
      call = g.xml.call(keyword);
    }
    if (call == null) {
      call = g.json.call(keyword);
    }
    in.leave(4);
    return call;
  }

  private FunctionCall collationFor() {
    int token = in.at();
    in.skip(2);
    in.expect('(');
    Expression of = g.expressions.any();
    in.expect(')');
    return Functions.special(token, "pg_collation_for", List.of(of));
  }

  private @Nullable Expression parenthesized(Keyword keyword) {
    return switch (keyword) {
      case CAST -> cast(false);
      case TREAT -> cast(true);
      case EXTRACT -> extract();
      case NORMALIZE -> normalize();
      case OVERLAY -> overlay();
      case POSITION -> position();
      case SUBSTRING -> substring();
      case TRIM -> trim();
      case NULLIF -> values(SpecialForm.Form.NULLIF);
      case COALESCE -> values(SpecialForm.Form.COALESCE);
      case GREATEST -> values(SpecialForm.Form.GREATEST);
      case LEAST -> values(SpecialForm.Form.LEAST);
      case GROUPING -> values(SpecialForm.Form.GROUPING);
      case MERGE_ACTION -> {
        int token = open();
        in.expect(')');
        yield form(token, SpecialForm.Form.MERGE_ACTION, List.of());
      }
      default -> null;
    };
  }

  private int open() {
    int token = in.at();
    in.skip(2);
    return token;
  }

  static SpecialForm form(int token, SpecialForm.Form form, List<Expression> values) {
    List<Argument> arguments = new ArrayList<>(values.size());
    for (Expression value : values) {
      arguments.add(new Argument(value.token(), null, value));
    }
    return new SpecialForm(token, form, arguments, null, List.of(), null, null);
  }

  private SpecialForm values(SpecialForm.Form form) {
    int token = open();
    List<Expression> values = g.expressions.list();
    if (form == SpecialForm.Form.NULLIF && values.size() != 2) {
      throw in.fail("NULLIF takes two values");
    }
    in.expect(')');
    return form(token, form, values);
  }

  private Expression cast(boolean treat) {
    int token = open();
    Expression operand = g.expressions.any();
    in.expect(Keyword.AS);
    TypeName type = g.types.type();
    in.expect(')');
    return treat
        ? Functions.special(token, type.name().last(), List.of(operand))
        : new Cast(token, operand, type);
  }

  private FunctionCall extract() {
    int token = open();
    Constant field;
    if (in.is(TokenKind.STRING)) {
      field = g.primaries.constant();
    } else {
      Keyword word = in.keyword();
      boolean known =
          in.is(TokenKind.QUOTED_NAME)
              || (in.is(TokenKind.WORD)
                  && (word == null
                      || word == Keyword.YEAR
                      || word == Keyword.MONTH
                      || word == Keyword.DAY
                      || word == Keyword.HOUR
                      || word == Keyword.MINUTE
                      || word == Keyword.SECOND));
      if (!known) {
        throw in.fail("expected a field to extract");
      }
      field = new Constant(in.at(), Constant.Kind.STRING, in.takeValue());
    }
    in.expect(Keyword.FROM);
    Expression source = g.expressions.any();
    in.expect(')');
    return Functions.special(token, "extract", List.of(field, source));
  }

  private FunctionCall normalize() {
    int token = open();
    List<Expression> arguments = new ArrayList<>(2);
    arguments.add(g.expressions.any());
    if (in.accept(',')) {
      int at = in.at();
      String form = g.predicates.normalForm();
      if (form.isEmpty()) {
        throw in.fail("expected a normal form");
      }
      arguments.add(new Constant(at, Constant.Kind.STRING, form));
    }
    in.expect(')');
    return Functions.special(token, "normalize", arguments);
  }

  private FunctionCall overlay() {
    int token = open();
    if (in.is(')') || namedArgument()) {
      return plain(token, "overlay", List.of());
    }
    Argument first = g.functions.argument();
    if (!in.accept(Keyword.PLACING)) {
      return plain(token, "overlay", List.of(first));
    }
    List<Expression> arguments = new ArrayList<>(4);
    arguments.add(first.value());
    arguments.add(g.expressions.any());
    in.expect(Keyword.FROM);
    arguments.add(g.expressions.any());
    if (in.accept(Keyword.FOR)) {
      arguments.add(g.expressions.any());
    }
    in.expect(')');
    return Functions.special(token, "overlay", arguments);
  }

  private FunctionCall position() {
    int token = open();
    Expression part = g.expressions.restricted();
    in.expect(Keyword.IN);
    Expression whole = g.expressions.restricted();
    in.expect(')');
    return Functions.special(token, "position", List.of(whole, part));
  }

  private FunctionCall substring() {
    int token = open();
    if (in.is(')') || namedArgument()) {
      return plain(token, "substring", List.of());
    }
    Argument first = g.functions.argument();
    List<Expression> arguments = new ArrayList<>(3);
    arguments.add(first.value());
    if (in.accept(Keyword.FROM)) {
      arguments.add(g.expressions.any());
      if (in.accept(Keyword.FOR)) {
        arguments.add(g.expressions.any());
      }
    } else if (in.accept(Keyword.FOR)) {
      Expression length = g.expressions.any();
      boolean from = in.accept(Keyword.FROM);
      arguments.add(
          from ? g.expressions.any() : new Constant(length.token(), Constant.Kind.INTEGER, "1"));
      arguments.add(length);
    } else if (in.accept(Keyword.SIMILAR)) {
      arguments.add(g.expressions.any());
      in.expect(Keyword.ESCAPE);
      arguments.add(g.expressions.any());
    } else {
      return plain(token, "substring", List.of(first));
    }
    in.expect(')');
    return Functions.special(token, "substring", arguments);
  }

  private boolean namedArgument() {
    return in.is(1, TokenKind.EQUALS_GREATER) || in.is(1, TokenKind.COLON_EQUALS);
  }

  /** The rest of an ordinary call of a function that also has a syntax of its own. */
  private FunctionCall plain(int token, String function, List<Argument> first) {
    List<Argument> arguments = new ArrayList<>(first);
    if (first.isEmpty() ? !in.is(')') : in.accept(',')) {
      arguments.addAll(g.functions.arguments());
    }
    in.expect(')');
    Name name = new Name(token, List.of(function));
    return new FunctionCall(
        token, name, arguments, false, false, false, List.of(), false, null, false, null, false);
  }

  private FunctionCall trim() {
    int token = open();
    String function = "btrim";
    if (in.accept(Keyword.LEADING)) {
      function = "ltrim";
    } else if (in.accept(Keyword.TRAILING)) {
      function = "rtrim";
    } else {
      in.accept(Keyword.BOTH);
    }
    List<Expression> arguments;
    if (in.accept(Keyword.FROM)) {
      arguments = g.expressions.list();
    } else {
      arguments = g.expressions.list();
      if (arguments.size() == 1 && in.accept(Keyword.FROM)) {
        List<Expression> from = new ArrayList<>(g.expressions.list());
        from.addAll(arguments);
        arguments = from;
      }
    }
    in.expect(')');
    return Functions.special(token, function, arguments);
  }
}
