package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.reach.CalledFunction;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which rows a view has, where its owner released columns of it: whoever sees these sees how many
 * rows there are and which, so what decides that is released with them. It holds as long as no
 * other column of the view is read, nothing fails (the server may work out an expression before the
 * view's own condition), no order shows in which rows are kept, and nothing enters the condition
 * that a session can set. Used by one analysis.
 */
final class ReleasedRows {
  /** Words that the grammar knows, beside calls, for what a session can set. */
  private static final Pattern OF_SESSION =
      Pattern.compile(
          "\\b(current_user|session_user|current_role|user|current_schema|current_catalog|system_user)\\b",
          Pattern.CASE_INSENSITIVE);

  private final Analysis analysis;
  private final Set<Influence> behind = new HashSet<>();

  ReleasedRows(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Whether the owner's word for some columns of a view is one for its rows. */
  boolean covers(Relation view) {
    boolean any = view.columns().stream().anyMatch(column -> isReleased(view, column));
    return any && analysis.trustsReleases && isFixed(view) && innerFixed(view);
  }

  private boolean isReleased(Relation view, Column column) {
    return analysis.views.isReleased(view, column);
  }

  private boolean innerFixed(Relation view) {
    for (int oid : analysis.views.lineage(view).reads()) {
      Relation inner = analysis.catalog.relation(oid).orElse(null);
      if (inner == null || (Relations.isView(inner) && !isFixed(inner))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the same data always give the same rows. */
  private boolean isFixed(Relation view) {
    String definition = view.definition();
    Views.ViewLineage lineage = analysis.views.lineage(view);
    return definition != null
        && lineage.certain()
        && !OF_SESSION.matcher(definition).find()
        && lineage.calls().stream().allMatch(call -> isImmutable(call, analysis.catalog));
  }

  private static boolean isImmutable(CalledFunction call, Catalog catalog) {
    return call.form() == CalledFunction.Form.FUNCTION
        && !call.meant().isEmpty()
        && call.meant().stream()
            .allMatch(
                oid ->
                    catalog
                        .function(oid)
                        .filter(f -> f.volatility() == Function.Volatility.IMMUTABLE)
                        .isPresent());
  }

  /** Reads a column of such a view: one that is not released brings what decides about the rows. */
  void reads(Relation view, Column column) {
    if (!isReleased(view, column)) {
      note(analysis.views.lineage(view).influences());
    }
  }

  /** Reads such a view. */
  void reads(Relation view) {
    behind.addAll(analysis.views.lineage(view).influences());
  }

  /** Notes what is not covered after all. */
  void settle() {
    if (analysis.failures.noted() != 0 || !analysis.groupsFree) {
      note(behind);
    }
  }

  private void note(Set<Influence> influences) {
    influences.forEach(analysis.influences::add);
  }
}
