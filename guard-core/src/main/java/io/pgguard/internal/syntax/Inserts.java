package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Accessor;
import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.AssignmentTarget;
import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.IndexElement;
import io.pgguard.internal.syntax.tree.Insert;
import io.pgguard.internal.syntax.tree.Locking;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.OnConflict;
import io.pgguard.internal.syntax.tree.Overriding;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Returning;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads INSERT and RETURNING. */
final class Inserts {
  private final Grammar g;
  private final Cursor in;

  Inserts(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Insert insert(int token, @Nullable With with) {
    in.expect(Keyword.INSERT, Keyword.INTO);
    Name relation = g.names.relation();
    String alias = in.accept(Keyword.AS) ? g.names.columnName() : null;
    List<AssignmentTarget> columns = List.of();
    Overriding overriding = Overriding.NONE;
    Query source = null;
    if (!in.accept(Keyword.DEFAULT, Keyword.VALUES)) {
      if (in.is('(') && !g.parentheses.maySelect()) {
        columns = columns();
      }
      overriding = overriding();
      source = g.queries.query();
    }
    OnConflict onConflict = in.is(Keyword.ON) ? onConflict() : null;
    return new Insert(
        token, with, relation, alias, columns, overriding, source, onConflict, returning());
  }

  /** {@code (a, b.c, d[1])}. */
  List<AssignmentTarget> columns() {
    in.expect('(');
    List<AssignmentTarget> columns = new ArrayList<>();
    do {
      columns.add(target());
    } while (in.accept(','));
    in.expect(')');
    return columns;
  }

  AssignmentTarget target() {
    int token = in.at();
    String column = g.names.columnName();
    List<Accessor> path = new ArrayList<>(0);
    while (in.is('.') || in.is('[')) {
      int at = in.take();
      if (in.tokens.is(at, '.')) {
        path.add(new Accessor(at, g.names.label(), false, null, null));
      } else {
        Expression lower = in.is(':') ? null : g.expressions.any();
        boolean slice = in.accept(':');
        Expression upper = slice && !in.is(']') ? g.expressions.any() : null;
        in.expect(']');
        path.add(new Accessor(at, null, slice, lower, upper));
      }
    }
    return new AssignmentTarget(token, column, path);
  }

  Overriding overriding() {
    if (!in.accept(Keyword.OVERRIDING)) {
      return Overriding.NONE;
    }
    boolean user = in.accept(Keyword.USER);
    if (!user) {
      in.expect(Keyword.SYSTEM);
    }
    in.expect(Keyword.VALUE);
    return user ? Overriding.USER : Overriding.SYSTEM;
  }

  private OnConflict onConflict() {
    int token = in.take();
    in.expect(Keyword.CONFLICT);
    List<IndexElement> elements = new ArrayList<>();
    Expression indexWhere = null;
    String constraint = null;
    if (in.accept('(')) {
      do {
        elements.add(indexElement());
      } while (in.accept(','));
      in.expect(')');
      indexWhere = g.selects.where();
    } else if (in.accept(Keyword.ON)) {
      in.expect(Keyword.CONSTRAINT);
      constraint = g.names.columnName();
    }
    in.expect(Keyword.DO);
    OnConflict.Action action = OnConflict.Action.NOTHING;
    List<Assignment> assignments = List.of();
    Locking.Strength lock = null;
    Expression where = null;
    if (in.accept(Keyword.SELECT)) {
      action = OnConflict.Action.SELECT;
      lock = in.accept(Keyword.FOR) ? g.queries.strength() : null;
      where = g.selects.where();
    } else if (!in.accept(Keyword.NOTHING)) {
      action = OnConflict.Action.UPDATE;
      in.expect(Keyword.UPDATE, Keyword.SET);
      assignments = g.updates.assignments();
      where = g.selects.where();
    }
    return new OnConflict(
        token, elements, indexWhere, constraint, action, assignments, lock, where);
  }

  private IndexElement indexElement() {
    int token = in.at();
    Expression value;
    if (in.is('(')) {
      in.skip(1);
      value = g.expressions.any();
      in.expect(')');
    } else {
      value = indexName();
    }
    Name collation = in.accept(Keyword.COLLATE) ? g.names.any() : null;
    Name operatorClass = g.names.isColumnName(0) ? g.names.any() : null;
    if (operatorClass != null && in.is('(')) {
      throw in.fail("options of an operator class are not read");
    }
    if (!in.accept(Keyword.ASC)) {
      in.accept(Keyword.DESC);
    }
    if (!in.accept(Keyword.NULLS, Keyword.FIRST)) {
      in.accept(Keyword.NULLS, Keyword.LAST);
    }
    return new IndexElement(token, value, collation, operatorClass);
  }

  /** A column, or a function call without parentheses around it. */
  private Expression indexName() {
    if (!in.is(1, '(') && !in.is(1, '.')) {
      int token = in.at();
      return new ColumnRef(token, List.of(g.names.columnName()), false);
    }
    Expression special = g.specials.call();
    return special != null ? special : g.functions.application(g.names.function());
  }

  @Nullable Returning returning() {
    int token = in.at();
    if (!in.accept(Keyword.RETURNING)) {
      return null;
    }
    String oldAlias = null;
    String newAlias = null;
    if (in.accept(Keyword.WITH)) {
      in.expect('(');
      do {
        boolean old = in.accept(Keyword.OLD);
        if (!old) {
          in.expect(Keyword.NEW);
        }
        in.expect(Keyword.AS);
        String alias = g.names.columnName();
        if ((old ? oldAlias : newAlias) != null) {
          throw in.fail("OLD or NEW is named twice");
        }
        if (old) {
          oldAlias = alias;
        } else {
          newAlias = alias;
        }
      } while (in.accept(','));
      in.expect(')');
    }
    return new Returning(token, oldAlias, newAlias, g.selects.targets());
  }
}
