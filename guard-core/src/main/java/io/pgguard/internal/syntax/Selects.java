package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Distinct;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.GroupBy;
import io.pgguard.internal.syntax.tree.GroupingElement;
import io.pgguard.internal.syntax.tree.Into;
import io.pgguard.internal.syntax.tree.QueryBody;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.Target;
import io.pgguard.internal.syntax.tree.Values;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads SELECT, VALUES and TABLE, without what follows set operations. */
final class Selects {
  private final Grammar g;
  private final Cursor in;

  Selects(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  QueryBody simple() {
    if (in.is(Keyword.VALUES)) {
      return values();
    }
    if (in.is(Keyword.TABLE)) {
      return table();
    }
    return select();
  }

  private Values values() {
    int token = in.take();
    List<Row> rows = new ArrayList<>();
    do {
      int row = in.at();
      rows.add(new Row(row, g.expressions.parenthesizedList(), false));
    } while (in.accept(','));
    return new Values(token, rows);
  }

  private Select table() {
    int token = in.take();
    RelationItem relation = g.from.relation();
    Target star = new Target(token, new ColumnRef(token, List.of(), true), null);
    return new Select(
        token, null, List.of(star), null, List.of(relation), null, null, null, List.of());
  }

  private Select select() {
    int token = in.at();
    in.expect(Keyword.SELECT);
    Distinct distinct = distinct();
    List<Target> targets = distinct == null && endsTargets() ? List.of() : targets();
    Into into = in.is(Keyword.INTO) ? into() : null;
    List<FromItem> from = in.accept(Keyword.FROM) ? g.from.list() : List.of();
    Expression where = where();
    GroupBy groupBy = in.is(Keyword.GROUP) ? groupBy() : null;
    Expression having = in.accept(Keyword.HAVING) ? g.expressions.any() : null;
    List<WindowSpec> windows = g.windows.definitions();
    return new Select(token, distinct, targets, into, from, where, groupBy, having, windows);
  }

  @Nullable Expression where() {
    return in.accept(Keyword.WHERE) ? g.expressions.any() : null;
  }

  private @Nullable Distinct distinct() {
    int token = in.at();
    if (!in.accept(Keyword.DISTINCT)) {
      in.accept(Keyword.ALL);
      return null;
    }
    List<Expression> on = in.accept(Keyword.ON) ? g.expressions.parenthesizedList() : List.of();
    return new Distinct(token, on);
  }

  private boolean endsTargets() {
    if (in.atEnd() || in.is(')') || in.is(';')) {
      return true;
    }
    Keyword word = in.keyword();
    if (word == null) {
      return false;
    }
    return switch (word) {
      case FROM,
          INTO,
          WHERE,
          GROUP,
          HAVING,
          WINDOW,
          UNION,
          INTERSECT,
          EXCEPT,
          ORDER,
          LIMIT,
          OFFSET,
          FETCH,
          FOR,
          ON,
          RETURNING,
          WITH ->
          true;
      default -> false;
    };
  }

  /** Outputs between commas, at least one. */
  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    do {
      targets.add(target());
    } while (in.accept(','));
    return targets;
  }

  private Target target() {
    int token = in.at();
    if (in.acceptOperator("*")) {
      return new Target(token, new ColumnRef(token, List.of(), true), null);
    }
    Expression value = g.expressions.any();
    String alias = null;
    if (in.accept(Keyword.AS)) {
      alias = g.names.label();
    } else if (g.names.isBareLabel(0)) {
      alias = in.takeValue();
    }
    return new Target(token, value, alias);
  }

  private Into into() {
    int token = in.take();
    boolean temporary = false;
    boolean scoped = in.is(Keyword.LOCAL) || in.is(Keyword.GLOBAL);
    int word = scoped && (in.is(1, Keyword.TEMP) || in.is(1, Keyword.TEMPORARY)) ? 1 : 0;
    boolean temp = in.is(word, Keyword.TEMP) || in.is(word, Keyword.TEMPORARY);
    if (temp && namesTable(word + 1)) {
      in.skip(word + 1);
      temporary = true;
      in.accept(Keyword.TABLE);
    } else if (in.is(Keyword.UNLOGGED) && namesTable(1)) {
      in.skip(1);
      in.accept(Keyword.TABLE);
    } else {
      in.accept(Keyword.TABLE);
    }
    return new Into(token, g.names.relation(), temporary);
  }

  private boolean namesTable(int ahead) {
    return in.is(ahead, Keyword.TABLE) || g.names.isColumnName(ahead);
  }

  private GroupBy groupBy() {
    int token = in.take();
    in.expect(Keyword.BY);
    boolean distinct = in.accept(Keyword.DISTINCT);
    if (!distinct) {
      in.accept(Keyword.ALL);
    }
    return new GroupBy(token, distinct, groupingElements());
  }

  private List<GroupingElement> groupingElements() {
    List<GroupingElement> elements = new ArrayList<>();
    do {
      elements.add(groupingElement());
    } while (in.accept(','));
    return elements;
  }

  private GroupingElement groupingElement() {
    int token = in.at();
    if (in.is('(') && in.is(1, ')')) {
      in.skip(2);
      return element(token, GroupingElement.Kind.EMPTY, List.of(), List.of());
    }
    boolean rollup = in.is(Keyword.ROLLUP) && in.is(1, '(');
    if (rollup || (in.is(Keyword.CUBE) && in.is(1, '('))) {
      in.skip(1);
      GroupingElement.Kind kind = rollup ? GroupingElement.Kind.ROLLUP : GroupingElement.Kind.CUBE;
      return element(token, kind, g.expressions.parenthesizedList(), List.of());
    }
    if (in.is(Keyword.GROUPING) && in.is(1, Keyword.SETS)) {
      in.enter(4);
      in.skip(2);
      in.expect('(');
      List<GroupingElement> sets = groupingElements();
      in.expect(')');
      in.leave(4);
      return element(token, GroupingElement.Kind.SETS, List.of(), sets);
    }
    Expression value = g.expressions.any();
    return element(token, GroupingElement.Kind.EXPRESSION, List.of(value), List.of());
  }

  private static GroupingElement element(
      int token,
      GroupingElement.Kind kind,
      List<Expression> expressions,
      List<GroupingElement> elements) {
    return new GroupingElement(token, kind, expressions, elements);
  }
}
