package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what starts with a name: a column, a function call, or a constant of a named type. */
final class Functions {
  private final Grammar g;
  private final Cursor in;

  Functions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** A call that stands for SQL's own syntax, under PostgreSQL's name for it. */
  static FunctionCall special(int token, String function, List<? extends Expression> values) {
    List<Argument> arguments = new ArrayList<>(values.size());
    for (Expression value : values) {
      arguments.add(new Argument(value.token(), null, value));
    }
    Name name = new Name(token, List.of("pg_catalog", function));
    return new FunctionCall(
        token, name, arguments, false, false, false, List.of(), false, null, false, null, true);
  }

  /** A column, a call, or a typed constant. */
  Expression named() {
    int token = in.at();
    boolean column = g.names.isColumnName(0);
    boolean function = g.names.isTypeOrFunctionName(0);
    if (!column && !function) {
      throw in.fail("expected an expression");
    }
    String first = in.takeValue();
    List<String> parts = List.of(first);
    if (in.is('.')) {
      function = column; // with more parts, the first is a schema
      parts = new ArrayList<>(3);
      parts.add(first);
      while (in.is('.')) {
        in.skip(1);
        if (column && in.acceptOperator("*")) {
          return new ColumnRef(token, parts, true);
        }
        parts.add(g.names.label());
      }
    }
    if (in.is('(') && function) {
      return callOrTypedConstant(new Name(token, parts));
    }
    if (in.is(TokenKind.STRING) && function) {
      return typedConstant(new Name(token, parts), List.of());
    }
    if (!column) {
      throw in.fail("expected '(' after a function's name");
    }
    return g.primaries.indirection(new ColumnRef(token, parts, false));
  }

  private Cast typedConstant(Name name, List<Expression> modifiers) {
    Expression value = g.primaries.constant();
    return new Cast(name.token(), value, g.types.named(name.token(), name, modifiers, ""));
  }

  private Expression callOrTypedConstant(Name name) {
    FunctionCall call = application(name);
    if (!in.is(TokenKind.STRING)) {
      return windowed(call);
    }
    List<Expression> modifiers = new ArrayList<>();
    for (Argument argument : call.arguments()) {
      if (argument.name() != null) {
        throw in.fail("a type's modifiers have no names");
      }
      modifiers.add(argument.value());
    }
    boolean plain = !call.star() && !call.distinct() && !call.variadic();
    if (!plain || !call.orderBy().isEmpty() || modifiers.isEmpty()) {
      throw in.fail("a string constant cannot follow a call");
    }
    return typedConstant(name, modifiers);
  }

  /** A name and its arguments, without what may follow the parenthesis. */
  FunctionCall application(Name name) {
    in.expect('(');
    if (in.acceptOperator("*")) {
      in.expect(')');
      return call(name, List.of(), true, false, false, List.of());
    }
    if (in.accept(')')) {
      return call(name, List.of(), false, false, false, List.of());
    }
    boolean distinct = in.accept(Keyword.DISTINCT);
    boolean all = !distinct && in.accept(Keyword.ALL);
    in.enter(4);
    List<Argument> arguments = new ArrayList<>();
    boolean variadic = false;
    do {
      variadic = !distinct && !all && in.accept(Keyword.VARIADIC);
      arguments.add(argument());
    } while (!variadic && in.accept(','));
    List<SortKey> orderBy = g.windows.optionalOrderBy();
    in.expect(')');
    in.leave(4);
    return call(name, arguments, false, distinct, variadic, orderBy);
  }

  private static FunctionCall call(
      Name name,
      List<Argument> arguments,
      boolean star,
      boolean distinct,
      boolean variadic,
      List<SortKey> orderBy) {
    return new FunctionCall(
        name.token(),
        name,
        arguments,
        star,
        distinct,
        variadic,
        orderBy,
        false,
        null,
        false,
        null,
        false);
  }

  /** Arguments between commas, perhaps named; at least one. */
  List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    do {
      arguments.add(argument());
    } while (in.accept(','));
    return arguments;
  }

  Argument argument() {
    int token = in.at();
    boolean named =
        (in.is(1, TokenKind.EQUALS_GREATER) || in.is(1, TokenKind.COLON_EQUALS))
            && g.names.isTypeOrFunctionName(0);
    if (!named) {
      return new Argument(token, null, g.expressions.any());
    }
    String name = in.takeValue();
    in.skip(1);
    return new Argument(token, name, g.expressions.any());
  }

  /** WITHIN GROUP, FILTER and OVER after a call. */
  private FunctionCall windowed(FunctionCall call) {
    List<SortKey> orderBy = call.orderBy();
    boolean within = false;
    if (in.is(Keyword.WITHIN)) {
      if (!orderBy.isEmpty() || call.distinct() || call.variadic()) {
        throw in.fail("WITHIN GROUP cannot stand with ORDER BY, DISTINCT or VARIADIC inside");
      }
      in.skip(1);
      in.expect(Keyword.GROUP);
      in.expect('(');
      orderBy = g.windows.orderBy();
      in.expect(')');
      within = true;
    }
    Expression filter = filter();
    boolean ignoreNulls = ignoresNulls();
    WindowSpec over = over();
    if (!within && filter == null && !ignoreNulls && over == null) {
      return call;
    }
    return new FunctionCall(
        call.token(),
        call.name(),
        call.arguments(),
        call.star(),
        call.distinct(),
        call.variadic(),
        orderBy,
        within,
        filter,
        ignoreNulls,
        over,
        false);
  }

  /** IGNORE NULLS; RESPECT NULLS, which is the default, is passed over. */
  private boolean ignoresNulls() {
    return !in.accept(Keyword.RESPECT, Keyword.NULLS) && in.accept(Keyword.IGNORE, Keyword.NULLS);
  }

  @Nullable Expression filter() {
    if (!in.accept(Keyword.FILTER)) {
      return null;
    }
    in.expect('(');
    in.expect(Keyword.WHERE);
    Expression filter = g.expressions.any();
    in.expect(')');
    return filter;
  }

  @Nullable WindowSpec over() {
    return in.accept(Keyword.OVER) ? g.windows.over() : null;
  }
}
