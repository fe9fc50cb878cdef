package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Alias;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.Join;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.SubqueryItem;
import io.pgguard.internal.syntax.tree.TableSample;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the items of FROM: relations, subqueries, joins. */
final class FromItems {
  private final Grammar g;
  private final Cursor in;

  FromItems(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  /** Items between commas, at least one. */
  List<FromItem> list() {
    List<FromItem> items = new ArrayList<>();
    do {
      items.add(item());
    } while (in.accept(','));
    return items;
  }

  /** One item, with the joins that follow it. */
  FromItem item() {
    in.enter(4);
    FromItem item = joins(primary());
    in.leave(4);
    return item;
  }

  private FromItem joins(FromItem first) {
    FromItem left = first;
    while (atJoin()) {
      left = join(left);
      in.wrapped();
    }
    return left;
  }

  private boolean atJoin() {
    Keyword word = in.keyword();
    return word == Keyword.JOIN
        || word == Keyword.CROSS
        || word == Keyword.NATURAL
        || word == Keyword.INNER
        || word == Keyword.LEFT
        || word == Keyword.RIGHT
        || word == Keyword.FULL;
  }

  private Join join(FromItem left) {
    int token = left.token();
    if (in.accept(Keyword.CROSS)) {
      in.expect(Keyword.JOIN);
      return new Join(token, Join.Kind.CROSS, false, left, primary(), List.of(), null, null, null);
    }
    boolean natural = in.accept(Keyword.NATURAL);
    Join.Kind kind = kind();
    in.expect(Keyword.JOIN);
    FromItem right = primary();
    if (natural) {
      return new Join(token, kind, true, left, right, List.of(), null, null, null);
    }
    if (atJoin()) { // a JOIN b JOIN c ON .. ON ..: the inner join is complete first
      in.enter(4);
      right = joins(right);
      in.leave(4);
    }
    if (in.accept(Keyword.ON)) {
      Expression on = g.expressions.any();
      return new Join(token, kind, false, left, right, List.of(), null, on, null);
    }
    in.expect(Keyword.USING);
    List<String> using = g.names.parenthesizedList();
    Alias alias = null;
    int at = in.at();
    if (in.accept(Keyword.AS)) {
      alias = new Alias(at, g.names.columnName(), List.of());
    }
    return new Join(token, kind, false, left, right, using, alias, null, null);
  }

  private Join.Kind kind() {
    Join.Kind kind;
    if (in.accept(Keyword.LEFT)) {
      kind = Join.Kind.LEFT;
    } else if (in.accept(Keyword.RIGHT)) {
      kind = Join.Kind.RIGHT;
    } else if (in.accept(Keyword.FULL)) {
      kind = Join.Kind.FULL;
    } else {
      in.accept(Keyword.INNER);
      return Join.Kind.INNER;
    }
    in.accept(Keyword.OUTER);
    return kind;
  }

  private FromItem primary() {
    int token = in.at();
    boolean lateral = in.accept(Keyword.LATERAL);
    if (in.is('(')) {
      if (lateral) {
        return subquery(token, true, g.parentheses.query());
      }
      Node inside = parenthesized();
      return inside instanceof Query query
          ? subquery(token, false, query)
          : aliased((FromItem) inside);
    }
    if (in.is(Keyword.XMLTABLE) && in.is(1, '(')) {
      return g.xmlTables.table(token, lateral);
    }
    if (in.is(Keyword.JSON_TABLE) && in.is(1, '(')) {
      return g.jsonTables.table(token, lateral);
    }
    FromItem function = g.fromFunctions.item(token, lateral);
    if (function != null) {
      return function;
    }
    if (lateral) {
      throw in.fail("expected a function or a subquery after LATERAL");
    }
    return sampled(relation());
  }

  private SubqueryItem subquery(int token, boolean lateral, Query query) {
    return new SubqueryItem(token, lateral, query, alias());
  }

  private FromItem aliased(FromItem item) {
    Alias alias = alias();
    if (alias == null) {
      return item;
    }
    if (item instanceof Join join && join.alias() == null) {
      return join.withAlias(alias);
    }
    throw in.fail("a join in parentheses has an alias already");
  }

  /** A pair of parentheses around a query or a join. */
  private Node parenthesized() {
    in.enter(4);
    int token = in.at();
    in.expect('(');
    Node inside;
    if (g.queries.startsPlain()) {
      inside = g.queries.query();
    } else if (in.is('(')) {
      inside = afterParenthesis(token);
    } else {
      inside = item();
    }
    if (inside instanceof FromItem && !(inside instanceof Join)) {
      throw in.fail("only a join or a query may stand in parentheses");
    }
    in.expect(')');
    in.leave(4);
    return inside;
  }

  private Node afterParenthesis(int token) {
    int inner = in.at();
    Node inside = parenthesized();
    if (!(inside instanceof Query query)) {
      return joins(aliased((FromItem) inside));
    }
    if (in.is(')')) {
      return query;
    }
    if (g.queries.continues()) {
      return g.queries.continued(query);
    }
    return joins(subquery(inner, false, query));
  }

  private FromItem sampled(RelationItem relation) {
    Alias alias = alias();
    int token = in.at();
    TableSample sample = null;
    if (in.accept(Keyword.TABLESAMPLE)) {
      Name method = g.names.function();
      List<Expression> arguments = g.expressions.parenthesizedList();
      Expression repeatable = null;
      if (in.accept(Keyword.REPEATABLE)) {
        in.expect('(');
        repeatable = g.expressions.any();
        in.expect(')');
      }
      sample = new TableSample(token, method, arguments, repeatable);
    }
    if (alias == null && sample == null) {
      return relation;
    }
    return new RelationItem(relation.token(), relation.name(), relation.only(), alias, sample);
  }

  /** A relation's name, with ONLY or a star, without alias. */
  RelationItem relation() {
    int token = in.at();
    if (in.accept(Keyword.ONLY)) {
      boolean parenthesis = in.accept('(');
      Name name = g.names.relation();
      if (parenthesis) {
        in.expect(')');
      }
      return new RelationItem(token, name, true, null, null);
    }
    Name name = g.names.relation();
    in.acceptOperator("*");
    return new RelationItem(token, name, false, null, null);
  }

  /** The target of UPDATE, DELETE and MERGE: an alias without AS may not be "set". */
  RelationItem target() {
    RelationItem relation = relation();
    int token = in.at();
    boolean as = in.accept(Keyword.AS);
    if (!as && (in.is(Keyword.SET) || !g.names.isColumnName(0))) {
      return relation;
    }
    Alias alias = new Alias(token, g.names.columnName(), List.of());
    return new RelationItem(relation.token(), relation.name(), relation.only(), alias, null);
  }

  /** An alias, with or without AS, perhaps with column aliases; null if there is none. */
  @Nullable Alias alias() {
    int token = in.at();
    if (!in.accept(Keyword.AS) && !g.names.isColumnName(0)) {
      return null;
    }
    return new Alias(token, g.names.columnName(), g.names.optionalList());
  }
}
