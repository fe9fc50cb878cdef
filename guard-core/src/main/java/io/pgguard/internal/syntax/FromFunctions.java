package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.ColumnDefinition;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.FunctionColumns;
import io.pgguard.internal.syntax.tree.FunctionItem;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.TypeName;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads functions in FROM. */
final class FromFunctions {
  private final Grammar g;
  private final Cursor in;

  FromFunctions(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** A function or ROWS FROM; null, with nothing read, when neither starts here. */
  @Nullable FromItem item(int token, boolean lateral) {
    if (in.is(Keyword.ROWS) && in.is(1, Keyword.FROM)) {
      return rowsFrom(token, lateral);
    }
    int at = in.at();
    Expression call = function();
    if (call == null) {
      return null;
    }
    FunctionColumns only = new FunctionColumns(at, call, List.of());
    return aliased(token, lateral, false, List.of(only));
  }

  private @Nullable Expression function() {
    Expression special = g.specials.call();
    if (special == null) {
      special = g.json.aggregate(false);
    }
    if (special != null) {
      return special;
    }
    int ahead = 1;
    while (in.is(ahead, '.') && g.names.isLabel(ahead + 1)) {
      ahead += 2;
    }
    boolean name = ahead == 1 ? g.names.isTypeOrFunctionName(0) : g.names.isColumnName(0);
    if (!name || !in.is(ahead, '(')) {
      return null;
    }
    Name function = g.names.function();
    return g.functions.application(function);
  }

  private FunctionItem rowsFrom(int token, boolean lateral) {
    in.skip(2);
    in.expect('(');
    List<FunctionColumns> functions = new ArrayList<>();
    do {
      int at = in.at();
      Expression call = function();
      if (call == null) {
        throw in.fail("expected a function");
      }
      List<ColumnDefinition> definitions = in.accept(Keyword.AS) ? definitions() : List.of();
      functions.add(new FunctionColumns(at, call, definitions));
    } while (in.accept(','));
    in.expect(')');
    return aliased(token, lateral, true, functions);
  }

  private FunctionItem aliased(
      int token, boolean lateral, boolean rowsFrom, List<FunctionColumns> functions) {
    boolean ordinality = in.is(Keyword.WITH) && in.is(1, Keyword.ORDINALITY);
    if (ordinality) {
      in.skip(2);
    }
    int at = in.at();
    Alias alias = null;
    List<ColumnDefinition> definitions = List.of();
    boolean as = in.accept(Keyword.AS);
    if (as && in.is('(')) {
      definitions = definitions();
    } else if (as || g.names.isColumnName(0)) {
      String name = g.names.columnName();
      if (in.is('(') && definitionFollows()) {
        definitions = definitions();
        alias = new Alias(at, name, List.of());
      } else {
        alias = new Alias(at, name, g.names.optionalList());
      }
    }
    return new FunctionItem(token, lateral, rowsFrom, functions, ordinality, alias, definitions);
  }

  /** In a column definition list a type follows the first name; in a plain one a comma or end. */
  private boolean definitionFollows() {
    return !in.is(2, ',')
        && !in.is(2, ')')
        && (in.is(1, TokenKind.WORD) || in.is(1, TokenKind.QUOTED_NAME));
  }

  private List<ColumnDefinition> definitions() {
    in.expect('(');
    List<ColumnDefinition> definitions = new ArrayList<>();
    do {
      int token = in.at();
      String name = g.names.columnName();
      TypeName type = g.types.type();
      Name collation = in.accept(Keyword.COLLATE) ? g.names.any() : null;
      definitions.add(new ColumnDefinition(token, name, type, collation));
    } while (in.accept(','));
    in.expect(')');
    return definitions;
  }
}
