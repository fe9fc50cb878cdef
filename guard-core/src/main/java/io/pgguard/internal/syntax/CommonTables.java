package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Cast;
import io.pgguard.internal.syntax.tree.CommonTable;
import io.pgguard.internal.syntax.tree.Constant;
import io.pgguard.internal.syntax.tree.Cycle;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Search;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads WITH. */
final class CommonTables {
  private final Grammar g;
  private final Cursor in;

  CommonTables(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  With with() {
    int token = in.take();
    // A common table may be called "recursive" too: then AS or a column list follows.
    boolean recursive = in.is(Keyword.RECURSIVE) && g.names.isColumnName(1);
    if (recursive) {
      in.skip(1);
    }
    List<CommonTable> tables = new ArrayList<>();
    do {
      tables.add(table());
    } while (in.accept(','));
    return new With(token, recursive, tables);
  }

  private CommonTable table() {
    int token = in.at();
    String name = g.names.columnName();
    List<String> columns = g.names.optionalList();
    in.expect(Keyword.AS);
    CommonTable.Materialized materialized = CommonTable.Materialized.DEFAULT;
    if (in.accept(Keyword.MATERIALIZED)) {
      materialized = CommonTable.Materialized.ALWAYS;
    } else if (in.accept(Keyword.NOT)) {
      in.expect(Keyword.MATERIALIZED);
      materialized = CommonTable.Materialized.NEVER;
    }
    in.expect('(');
    Statement statement = g.statements.preparable();
    in.expect(')');
    return new CommonTable(token, name, columns, materialized, statement, search(), cycle());
  }

  private @Nullable Search search() {
    int token = in.at();
    if (!in.accept(Keyword.SEARCH)) {
      return null;
    }
    boolean breadth = in.accept(Keyword.BREADTH);
    if (!breadth) {
      in.expect(Keyword.DEPTH);
    }
    in.expect(Keyword.FIRST, Keyword.BY);
    List<String> columns = g.names.list();
    in.expect(Keyword.SET);
    return new Search(token, breadth, columns, g.names.columnName());
  }

  private @Nullable Cycle cycle() {
    int token = in.at();
    if (!in.accept(Keyword.CYCLE)) {
      return null;
    }
    List<String> columns = g.names.list();
    in.expect(Keyword.SET);
    String mark = g.names.columnName();
    Expression value = null;
    Expression other = null;
    if (in.accept(Keyword.TO)) {
      value = markConstant();
      in.expect(Keyword.DEFAULT);
      other = markConstant();
    }
    in.expect(Keyword.USING);
    return new Cycle(token, columns, mark, value, other, g.names.columnName());
  }

  private Expression markConstant() {
    Expression value = g.primaries.primary(true);
    boolean constant = value instanceof Constant || value instanceof Cast;
    if (!constant) {
      throw in.fail("expected a constant");
    }
    return value;
  }
}
