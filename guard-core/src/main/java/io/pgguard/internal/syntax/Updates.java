package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.AssignmentTarget;
import io.pgguard.internal.syntax.tree.CurrentOf;
import io.pgguard.internal.syntax.tree.Delete;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.Update;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads UPDATE and DELETE. */
final class Updates {
  private final Grammar g;
  private final Cursor in;

  Updates(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Update update(int token, @Nullable With with) {
    in.expect(Keyword.UPDATE);
    RelationItem relation = g.from.target();
    in.expect(Keyword.SET);
    List<Assignment> assignments = assignments();
    List<FromItem> from = in.accept(Keyword.FROM) ? g.from.list() : List.of();
    Expression where = where();
    return new Update(token, with, relation, assignments, from, where, g.inserts.returning());
  }

  Delete delete(int token, @Nullable With with) {
    in.expect(Keyword.DELETE, Keyword.FROM);
    RelationItem relation = g.from.target();
    List<FromItem> using = in.accept(Keyword.USING) ? g.from.list() : List.of();
    Expression where = where();
    return new Delete(token, with, relation, using, where, g.inserts.returning());
  }

  /** What follows SET. */
  List<Assignment> assignments() {
    List<Assignment> assignments = new ArrayList<>();
    do {
      int token = in.at();
      boolean multiple = in.is('(');
      List<AssignmentTarget> targets = multiple ? g.inserts.columns() : List.of(g.inserts.target());
      in.expectOperator("=");
      assignments.add(new Assignment(token, targets, multiple, g.expressions.any()));
    } while (in.accept(','));
    return assignments;
  }

  private @Nullable Expression where() {
    if (in.is(Keyword.WHERE) && in.is(1, Keyword.CURRENT) && in.is(2, Keyword.OF)) {
      int token = in.at();
      in.skip(3);
      String cursor = in.is(TokenKind.PARAMETER) ? "$" + in.takeValue() : g.names.columnName();
      return new CurrentOf(token, cursor);
    }
    return g.selects.where();
  }
}
