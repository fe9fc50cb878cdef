package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FunctionCall;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.SpecialForm;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the functions of SQL/JSON (PostgreSQL documentation, "JSON Functions"). */
final class JsonFunctions {
  private final Grammar g;
  private final Cursor in;

  JsonFunctions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** The function that the keyword and a parenthesis start; null if it is none of these. */
  @Nullable Expression call(Keyword keyword) {
    return switch (keyword) {
      case JSON -> in.is(1, '(') ? json() : null;
      case JSON_SCALAR -> scalar();
      case JSON_SERIALIZE -> serialize();
      case JSON_OBJECT -> object();
      case JSON_ARRAY -> array();
      case JSON_QUERY -> query(SpecialForm.Form.JSON_QUERY);
      case JSON_EXISTS -> query(SpecialForm.Form.JSON_EXISTS);
      case JSON_VALUE -> query(SpecialForm.Form.JSON_VALUE);
      default -> null;
    };
  }

  private int open() {
    int token = in.at();
    in.skip(2);
    return token;
  }

  private SpecialForm close(
      int token, SpecialForm.Form form, List<Argument> arguments, @Nullable TypeName type) {
    in.expect(')');
    return new SpecialForm(token, form, arguments, type, List.of(), null, null);
  }

  private static Argument argument(Expression value) {
    return new Argument(value.token(), null, value);
  }

  private SpecialForm json() {
    int token = open();
    Expression value = g.jsonClauses.value();
    g.jsonClauses.uniqueKeys();
    return close(token, SpecialForm.Form.JSON, List.of(argument(value)), null);
  }

  private SpecialForm scalar() {
    int token = open();
    Expression value = g.expressions.any();
    return close(token, SpecialForm.Form.JSON_SCALAR, List.of(argument(value)), null);
  }

  private SpecialForm serialize() {
    int token = open();
    Expression value = g.jsonClauses.value();
    TypeName type = g.jsonClauses.returning();
    return close(token, SpecialForm.Form.JSON_SERIALIZE, List.of(argument(value)), type);
  }

  private Expression object() {
    int token = open();
    List<Argument> arguments = new ArrayList<>();
    if (!in.is(')') && !in.is(Keyword.RETURNING)) {
      Argument first = g.functions.argument();
      if (first.name() != null || !atPair()) {
        return plainObject(token, first);
      }
      arguments.add(first);
      arguments.add(pairValue());
      while (in.accept(',')) {
        pair(arguments);
      }
      g.jsonClauses.nullClause();
      g.jsonClauses.uniqueKeys();
    }
    TypeName type = g.jsonClauses.returning();
    return close(token, SpecialForm.Form.JSON_OBJECT, arguments, type);
  }

  /** The old json_object(), an ordinary function. */
  private FunctionCall plainObject(int token, Argument first) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(first);
    if (in.accept(',')) {
      arguments.addAll(g.functions.arguments());
    }
    in.expect(')');
    Name name = new Name(token, List.of("pg_catalog", "json_object"));
    return new FunctionCall(
        token, name, arguments, false, false, false, List.of(), false, null, false, null, true);
  }

  private boolean atPair() {
    return in.is(':') || in.is(Keyword.VALUE);
  }

  private void pair(List<Argument> arguments) {
    arguments.add(argument(g.expressions.any()));
    arguments.add(pairValue());
  }

  private Argument pairValue() {
    if (!in.accept(':')) {
      in.expect(Keyword.VALUE);
    }
    return argument(g.jsonClauses.value());
  }

  private SpecialForm array() {
    int token = open();
    List<Argument> arguments = new ArrayList<>();
    SpecialForm.Form form = SpecialForm.Form.JSON_ARRAY;
    if (g.parentheses.maySelect() && !in.is('(')) {
      int at = in.at();
      Query query = g.queries.query();
      g.jsonClauses.format();
      arguments.add(argument(new ScalarSubquery(at, query)));
      form = SpecialForm.Form.JSON_ARRAY_QUERY;
    } else if (!in.is(')') && !in.is(Keyword.RETURNING)) {
      do {
        arguments.add(argument(g.jsonClauses.value()));
      } while (in.accept(','));
      g.jsonClauses.nullClause();
    }
    TypeName type = g.jsonClauses.returning();
    return close(token, form, arguments, type);
  }

  private SpecialForm query(SpecialForm.Form form) {
    int token = open();
    List<Argument> arguments = new ArrayList<>();
    arguments.add(argument(g.jsonClauses.value()));
    in.expect(',');
    arguments.add(argument(g.expressions.any()));
    g.jsonClauses.passing(arguments);
    TypeName type = form == SpecialForm.Form.JSON_EXISTS ? null : g.jsonClauses.returning();
    if (form == SpecialForm.Form.JSON_QUERY) {
      g.jsonClauses.wrapper();
      g.jsonClauses.quotes();
    }
    JsonClauses.Behaviors behaviors = g.jsonClauses.behaviors();
    if (behaviors.onEmpty() != null) {
      arguments.add(argument(behaviors.onEmpty()));
    }
    if (behaviors.onError() != null) {
      arguments.add(argument(behaviors.onError()));
    }
    return close(token, form, arguments, type);
  }

  /**
   * JSON_OBJECTAGG or JSON_ARRAYAGG; null, with nothing read, when neither starts here.
   *
   * @param windowed whether FILTER and OVER may follow
   */
  @Nullable Expression aggregate(boolean windowed) {
    boolean object = in.is(Keyword.JSON_OBJECTAGG);
    if ((!object && !in.is(Keyword.JSON_ARRAYAGG)) || !in.is(1, '(')) {
      return null;
    }
    int token = open();
    List<Argument> arguments = new ArrayList<>();
    List<SortKey> orderBy = List.of();
    if (object) {
      pair(arguments);
    } else {
      arguments.add(argument(g.jsonClauses.value()));
      orderBy = g.windows.optionalOrderBy();
    }
    g.jsonClauses.nullClause();
    if (object) {
      g.jsonClauses.uniqueKeys();
    }
    TypeName type = g.jsonClauses.returning();
    in.expect(')');
    Expression filter = windowed ? g.functions.filter() : null;
    WindowSpec over = windowed ? g.functions.over() : null;
    SpecialForm.Form form =
        object ? SpecialForm.Form.JSON_OBJECTAGG : SpecialForm.Form.JSON_ARRAYAGG;
    return new SpecialForm(token, form, arguments, type, orderBy, filter, over);
  }
}
