package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Argument;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.JsonColumn;
import io.pgguard.internal.syntax.tree.JsonTable;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON_TABLE. */
final class JsonTables {
  private final Grammar g;
  private final Cursor in;

  JsonTables(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  JsonTable table(int token, boolean lateral) {
    in.skip(2);
    Expression document = g.jsonClauses.value();
    in.expect(',');
    Expression path = g.expressions.any();
    String pathName = in.accept(Keyword.AS) ? g.names.columnName() : null;
    List<Argument> arguments = new ArrayList<>();
    g.jsonClauses.passing(arguments);
    List<Target> passing = new ArrayList<>(arguments.size());
    for (Argument argument : arguments) {
      passing.add(new Target(argument.token(), argument.value(), argument.name()));
    }
    List<JsonColumn> columns = columns();
    Expression onError = g.jsonClauses.behaviors().onError();
    in.expect(')');
    return new JsonTable(
        token, lateral, document, path, pathName, passing, columns, onError, g.from.alias());
  }

  private List<JsonColumn> columns() {
    in.expect(Keyword.COLUMNS);
    in.expect('(');
    List<JsonColumn> columns = new ArrayList<>();
    do {
      columns.add(column());
    } while (in.accept(','));
    in.expect(')');
    return columns;
  }

  private JsonColumn column() {
    int token = in.at();
    if (in.is(Keyword.NESTED) && (in.is(1, Keyword.PATH) || in.is(1, TokenKind.STRING))) {
      return nested(token);
    }
    String name = g.names.columnName();
    if (in.accept(Keyword.FOR)) {
      in.expect(Keyword.ORDINALITY);
      return new JsonColumn(
          token, JsonColumn.Kind.ORDINALITY, name, null, null, null, null, List.of());
    }
    TypeName type = g.types.type();
    JsonColumn.Kind kind = JsonColumn.Kind.REGULAR;
    if (in.accept(Keyword.EXISTS)) {
      kind = JsonColumn.Kind.EXISTS;
    } else if (in.is(Keyword.FORMAT)) {
      g.jsonClauses.format();
      kind = JsonColumn.Kind.FORMATTED;
    }
    Expression path = path();
    if (kind != JsonColumn.Kind.EXISTS) {
      g.jsonClauses.wrapper();
      g.jsonClauses.quotes();
    }
    JsonClauses.Behaviors on = g.jsonClauses.behaviors();
    return new JsonColumn(token, kind, name, type, path, on.onEmpty(), on.onError(), List.of());
  }

  private @Nullable Expression path() {
    if (!in.accept(Keyword.PATH)) {
      return null;
    }
    return stringConstant();
  }

  private Expression stringConstant() {
    if (!in.is(TokenKind.STRING)) {
      throw in.fail("expected a string constant");
    }
    return g.primaries.constant();
  }

  private JsonColumn nested(int token) {
    in.enter(5);
    in.skip(1);
    in.accept(Keyword.PATH);
    Expression path = stringConstant();
    String name = in.accept(Keyword.AS) ? g.names.columnName() : null;
    List<JsonColumn> columns = columns();
    in.leave(5);
    return new JsonColumn(token, JsonColumn.Kind.NESTED, name, null, path, null, null, columns);
  }
}
