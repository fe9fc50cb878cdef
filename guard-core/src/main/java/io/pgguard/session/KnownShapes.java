package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.catalog.Catalog;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.MaskPlan;
import io.pgguard.mask.ResultColumn;
import io.pgguard.policy.Policy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the results that a session's statements bring again and again, as long as all
 * that it was made of is the same. Used by the session's thread.
 */
final class KnownShapes {
  private static final int PLACES = 8;

  private final @Nullable Shape[] places = new Shape[PLACES];

  /**
   * Which statement was there last. What came only once is not kept: texts that differ in data have
   * an analysis each, which would stay with the session.
   */
  private final int[] seen = new int[PLACES];

  /**
   * What becomes of a result, and by what.
   *
   * @param masked the columns that are masked
   */
  record Shape(
      StatementAnalysis analysis,
      List<ResultColumn> columns,
      Catalog catalog,
      Policy policy,
      boolean floatsRounded,
      MaskPlan plan,
      List<MaskedColumn> masked) {

    private boolean isOf(
        StatementAnalysis ofAnalysis,
        List<ResultColumn> ofColumns,
        Catalog ofCatalog,
        Policy ofPolicy,
        boolean ofRounded) {
      return analysis == ofAnalysis
          && catalog == ofCatalog
          && policy == ofPolicy
          && floatsRounded == ofRounded
          && columns.equals(ofColumns);
    }
  }

  /** A shape that is known; null for none. */
  @Nullable Shape find(
      StatementAnalysis analysis,
      List<ResultColumn> columns,
      Catalog catalog,
      Policy policy,
      boolean floatsRounded) {
    Shape known = places[place(analysis)];
    return known != null && known.isOf(analysis, columns, catalog, policy, floatsRounded)
        ? known
        : null;
  }

  /** Keeps a shape from the second time on. */
  void keep(Shape shape) {
    int place = place(shape.analysis());
    int which = System.identityHashCode(shape.analysis());
    if (seen[place] == which) {
      places[place] = shape;
    }
    seen[place] = which;
  }

  private static int place(StatementAnalysis analysis) {
    return System.identityHashCode(analysis) & PLACES - 1;
  }
}
