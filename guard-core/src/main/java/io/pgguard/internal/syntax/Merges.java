package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.AssignmentTarget;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.FromItem;
import io.pgguard.internal.syntax.tree.Merge;
import io.pgguard.internal.syntax.tree.MergeWhen;
import io.pgguard.internal.syntax.tree.Overriding;
import io.pgguard.internal.syntax.tree.RelationItem;
import io.pgguard.internal.syntax.tree.With;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads MERGE. */
final class Merges {
  private final Grammar g;
  private final Cursor in;

  Merges(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  Merge merge(int token, @Nullable With with) {
    in.expect(Keyword.MERGE, Keyword.INTO);
    RelationItem relation = g.from.target();
    in.expect(Keyword.USING);
    FromItem source = g.from.item();
    in.expect(Keyword.ON);
    Expression on = g.expressions.any();
    List<MergeWhen> whens = new ArrayList<>();
    do {
      whens.add(when());
    } while (in.is(Keyword.WHEN));
    return new Merge(token, with, relation, source, on, whens, g.inserts.returning());
  }

  private MergeWhen when() {
    int token = in.at();
    in.expect(Keyword.WHEN);
    MergeWhen.Match match = match();
    Expression condition = in.accept(Keyword.AND) ? g.expressions.any() : null;
    in.expect(Keyword.THEN);
    if (in.accept(Keyword.DO)) {
      in.expect(Keyword.NOTHING);
      return when(token, match, condition, MergeWhen.Action.NOTHING, List.of());
    }
    if (match == MergeWhen.Match.NOT_MATCHED_BY_TARGET) {
      return insert(token, condition);
    }
    if (in.accept(Keyword.DELETE)) {
      return when(token, match, condition, MergeWhen.Action.DELETE, List.of());
    }
    in.expect(Keyword.UPDATE, Keyword.SET);
    List<Assignment> assignments = g.updates.assignments();
    return when(token, match, condition, MergeWhen.Action.UPDATE, assignments);
  }

  private static MergeWhen when(
      int token,
      MergeWhen.Match match,
      @Nullable Expression condition,
      MergeWhen.Action action,
      List<Assignment> assignments) {
    return new MergeWhen(
        token, match, condition, action, assignments, List.of(), Overriding.NONE, List.of());
  }

  private MergeWhen.Match match() {
    if (in.accept(Keyword.MATCHED)) {
      return MergeWhen.Match.MATCHED;
    }
    in.expect(Keyword.NOT, Keyword.MATCHED);
    if (in.accept(Keyword.BY)) {
      if (in.accept(Keyword.SOURCE)) {
        return MergeWhen.Match.NOT_MATCHED_BY_SOURCE;
      }
      in.expect(Keyword.TARGET);
    }
    return MergeWhen.Match.NOT_MATCHED_BY_TARGET;
  }

  private MergeWhen insert(int token, @Nullable Expression condition) {
    in.expect(Keyword.INSERT);
    List<AssignmentTarget> columns = List.of();
    Overriding overriding = Overriding.NONE;
    List<Expression> values = List.of();
    if (!in.accept(Keyword.DEFAULT, Keyword.VALUES)) {
      if (in.is('(')) {
        columns = g.inserts.columns();
      }
      overriding = g.inserts.overriding();
      in.expect(Keyword.VALUES);
      values = g.expressions.parenthesizedList();
    }
    return new MergeWhen(
        token,
        MergeWhen.Match.NOT_MATCHED_BY_TARGET,
        condition,
        MergeWhen.Action.INSERT,
        List.of(),
        columns,
        overriding,
        values);
  }
}
