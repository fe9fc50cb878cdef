package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Frame;
import io.pgguard.internal.syntax.tree.SortKey;
import io.pgguard.internal.syntax.tree.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call's clauses make of columns: its order, FILTER and OVER. Used by one analysis. */
final class Windows {
  private final Analysis analysis;

  Windows(Analysis analysis) {
    this.analysis = analysis;
  }

  Sources sortKeys(List<SortKey> keys, Scope scope) {
    Sources all = Sources.NONE;
    for (SortKey key : keys) {
      if (key.using() != null) {
        analysis.expressions.noteOperator(key.using());
      }
      all = all.with(analysis.value(key.value(), scope).sources());
    }
    return all;
  }

  /** FILTER and OVER: both influence; a window's columns decide about its result. */
  Sources clauses(
      List<SortKey> orderBy, @Nullable Expression filter, @Nullable WindowSpec over, Scope scope) {
    analysis.conditions.apply(filter, scope, "FILTER");
    return over == null ? Sources.NONE : window(over, scope).influencing();
  }

  /** What a window is partitioned and ordered by; notes it as influence. */
  Sources window(WindowSpec window, Scope scope) {
    Sources all = Sources.NONE;
    for (Expression by : window.partitionBy()) {
      all = all.with(analysis.value(by, scope).sources());
    }
    all = all.with(sortKeys(window.orderBy(), scope));
    Frame frame = window.frame();
    if (frame != null && frame.startOffset() != null) {
      all = all.with(analysis.value(frame.startOffset(), scope).sources());
    }
    if (frame != null && frame.endOffset() != null) {
      all = all.with(analysis.value(frame.endOffset(), scope).sources());
    }
    for (String named : new String[] {window.base(), window.name()}) {
      if (named != null) {
        all = all.with(scope.windows.getOrDefault(named, Sources.NONE));
      }
    }
    analysis.influence(all, "OVER");
    return all;
  }
}
