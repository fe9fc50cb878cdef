package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.ScalarSubquery;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what stands in parentheses where it can be a query, a row or an expression. However many
 * parentheses come first, nothing is read twice: what the inner pair held decides how to go on.
 */
final class Parentheses {
  private final Grammar g;
  private final Cursor in;

  Parentheses(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** An expression that starts with a parenthesis, with the fields and subscripts after it. */
  Expression expression() {
    int token = in.at();
    Node inside = content(true);
    if (inside instanceof Query query) {
      return g.primaries.indirection(new ScalarSubquery(token, query));
    }
    if (inside instanceof Row row && row.token() == token && !row.explicit()) {
      return g.primaries.overlaps(row);
    }
    return g.primaries.indirection((Expression) inside);
  }

  /** {@code (query)} or {@code (expression)}. */
  Node queryOrExpression() {
    return content(false);
  }

  /** {@code (query)}, or a list of one or more as a {@link Row}. */
  Node queryOrList() {
    int token = in.at();
    Node inside = content(true);
    if (inside instanceof Query || (inside instanceof Row row && isRowOf(row, token))) {
      return inside;
    }
    return new Row(token, List.of((Expression) inside), false);
  }

  private static boolean isRowOf(Row row, int token) {
    return row.token() == token && !row.explicit();
  }

  /** A pair of parentheses and what is in it: a Query, an Expression, or a Row of this pair. */
  private Node content(boolean rowAllowed) {
    in.enter(2);
    int token = in.at();
    in.expect('(');
    Node inside = first();
    if (inside instanceof Expression expression && in.is(',') && rowAllowed) {
      inside = row(token, expression);
    }
    in.expect(')');
    in.leave(2);
    return inside;
  }

  private Node first() {
    if (g.queries.startsPlain()) {
      return g.queries.query();
    }
    if (!in.is('(')) {
      return g.expressions.any();
    }
    int token = in.at();
    Node inside = content(true);
    if (inside instanceof Query query) {
      if (in.is(')')) {
        return query;
      }
      if (g.queries.continues()) {
        return g.queries.continued(query);
      }
      inside = g.primaries.indirection(new ScalarSubquery(token, query));
    } else if (inside instanceof Row row && isRowOf(row, token)) {
      inside = g.primaries.overlaps(row);
    } else {
      inside = g.primaries.indirection((Expression) inside);
    }
    return g.expressions.continued((Expression) inside, Levels.OR, false);
  }

  private Row row(int token, Expression firstField) {
    List<Expression> fields = new ArrayList<>();
    fields.add(firstField);
    while (in.accept(',')) {
      fields.add(g.expressions.any());
    }
    return new Row(token, fields, false);
  }

  /** A query in parentheses and nothing else. */
  Query query() {
    Node inside = content(false);
    if (inside instanceof Query query) {
      return query;
    }
    throw in.fail("expected a query in parentheses");
  }

  /** Whether a query may follow after any number of opening parentheses. */
  boolean maySelect() {
    int ahead = 0;
    while (in.is(ahead, '(')) {
      ahead++;
    }
    Keyword word = in.keyword(ahead);
    return word == Keyword.SELECT
        || word == Keyword.WITH
        || word == Keyword.TABLE
        || (word == Keyword.VALUES && in.is(ahead + 1, '('));
  }
}
