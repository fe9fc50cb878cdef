package io.pgguard.internal.syntax;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Frame;
import io.pgguard.internal.syntax.tree.Operator;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.WindowSpec;
import io.pgguard.statement.Keyword;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ORDER BY and windows. */
final class Windows {
  private record Edge(Frame.Bound bound, @Nullable Expression offset) {}

  private final Grammar g;
  private final Cursor in;

  Windows(Grammar g) {
    this.g = g;
    this.in = g.in;
  }

  List<SortKey> optionalOrderBy() {
    return in.is(Keyword.ORDER) ? orderBy() : List.of();
  }

  List<SortKey> orderBy() {
    in.expect(Keyword.ORDER, Keyword.BY);
    List<SortKey> keys = new ArrayList<>(2);
    do {
      keys.add(sortKey());
    } while (in.accept(','));
    return keys;
  }

  private SortKey sortKey() {
    int token = in.at();
    Expression value = g.expressions.any();
    Operator using = null;
    boolean descending = false;
    if (in.accept(Keyword.USING)) {
      using = g.operators.operator();
    } else if (in.accept(Keyword.DESC)) {
      descending = true;
    } else {
      in.accept(Keyword.ASC);
    }
    SortKey.Nulls nulls = SortKey.Nulls.DEFAULT;
    if (in.accept(Keyword.NULLS, Keyword.FIRST)) {
      nulls = SortKey.Nulls.FIRST;
    } else if (in.accept(Keyword.NULLS, Keyword.LAST)) {
      nulls = SortKey.Nulls.LAST;
    }
    return new SortKey(token, value, descending, using, nulls);
  }

  /** WINDOW and its definitions, if it stands here. */
  List<WindowSpec> definitions() {
    if (!in.accept(Keyword.WINDOW)) {
      return List.of();
    }
    List<WindowSpec> windows = new ArrayList<>();
    do {
      int token = in.at();
      String name = g.names.columnName();
      in.expect(Keyword.AS);
      windows.add(specification(token, name));
    } while (in.accept(','));
    return windows;
  }

  /** What follows OVER. */
  WindowSpec over() {
    int token = in.at();
    if (in.is('(')) {
      return specification(token, null);
    }
    String name = g.names.columnName();
    return new WindowSpec(token, name, null, List.of(), List.of(), null);
  }

  private WindowSpec specification(int token, @Nullable String name) {
    in.enter(5);
    in.expect('(');
    String base = null;
    boolean clause =
        in.is(Keyword.PARTITION)
            || in.is(Keyword.RANGE)
            || in.is(Keyword.ROWS)
            || in.is(Keyword.GROUPS);
    if (!clause && g.names.isColumnName(0)) {
      base = in.takeValue();
    }
    List<Expression> partitionBy = List.of();
    if (in.accept(Keyword.PARTITION)) {
      in.expect(Keyword.BY);
      partitionBy = g.expressions.list();
    }
    List<SortKey> orderBy = optionalOrderBy();
    Frame frame = frame();
    in.expect(')');
    in.leave(5);
    return new WindowSpec(token, name, base, partitionBy, orderBy, frame);
  }

  private @Nullable Frame frame() {
    int token = in.at();
    Frame.Mode mode;
    if (in.accept(Keyword.RANGE)) {
      mode = Frame.Mode.RANGE;
    } else if (in.accept(Keyword.ROWS)) {
      mode = Frame.Mode.ROWS;
    } else if (in.accept(Keyword.GROUPS)) {
      mode = Frame.Mode.GROUPS;
    } else {
      return null;
    }
    Edge start;
    Edge end = new Edge(Frame.Bound.CURRENT_ROW, null);
    if (in.accept(Keyword.BETWEEN)) {
      start = edge();
      in.expect(Keyword.AND);
      end = edge();
    } else {
      start = edge();
    }
    if (!possible(start.bound(), end.bound())) {
      throw in.fail("a window frame cannot start and end so");
    }
    return new Frame(
        token, mode, start.bound(), start.offset(), end.bound(), end.offset(), exclusion());
  }

  /** PostgreSQL's grammar refuses frames that end before they start. */
  private static boolean possible(Frame.Bound start, Frame.Bound end) {
    return start != Frame.Bound.UNBOUNDED_FOLLOWING
        && end != Frame.Bound.UNBOUNDED_PRECEDING
        && !(start == Frame.Bound.CURRENT_ROW && end == Frame.Bound.OFFSET_PRECEDING)
        && !(start == Frame.Bound.OFFSET_FOLLOWING
            && (end == Frame.Bound.OFFSET_PRECEDING || end == Frame.Bound.CURRENT_ROW));
  }

  private Edge edge() {
    if (in.accept(Keyword.UNBOUNDED, Keyword.PRECEDING)) {
      return new Edge(Frame.Bound.UNBOUNDED_PRECEDING, null);
    }
    if (in.accept(Keyword.UNBOUNDED, Keyword.FOLLOWING)) {
      return new Edge(Frame.Bound.UNBOUNDED_FOLLOWING, null);
    }
    if (in.accept(Keyword.CURRENT, Keyword.ROW)) {
      return new Edge(Frame.Bound.CURRENT_ROW, null);
    }
    Expression offset = g.expressions.any();
    if (in.accept(Keyword.PRECEDING)) {
      return new Edge(Frame.Bound.OFFSET_PRECEDING, offset);
    }
    in.expect(Keyword.FOLLOWING);
    return new Edge(Frame.Bound.OFFSET_FOLLOWING, offset);
  }

  private Frame.Exclusion exclusion() {
    if (!in.accept(Keyword.EXCLUDE)) {
      return Frame.Exclusion.NO_OTHERS;
    }
    if (in.accept(Keyword.CURRENT)) {
      in.expect(Keyword.ROW);
      return Frame.Exclusion.CURRENT_ROW;
    }
    if (in.accept(Keyword.GROUP)) {
      return Frame.Exclusion.GROUP;
    }
    if (in.accept(Keyword.TIES)) {
      return Frame.Exclusion.TIES;
    }
    in.expect(Keyword.NO, Keyword.OTHERS);
    return Frame.Exclusion.NO_OTHERS;
  }
}
