package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.mask.ResultColumn;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the columns that were last found in a snapshot whole: what is prepared once is
 * described each time that it runs, and neither of the two ever changes. Used by the session's
 * thread.
 */
final class HeldLast {
  private @Nullable List<ResultColumn> columns;
  private @Nullable Catalog catalog;

  /**
   * As {@link Unheld#any}.
   *
   * @param own only ever grows
   */
  boolean lacks(List<ResultColumn> described, Catalog snapshot, Set<Integer> own) {
    if (described == columns && snapshot == catalog) {
      return false;
    }
    boolean lacks = Unheld.any(described, snapshot, own);
    if (!lacks) {
      columns = described;
      catalog = snapshot;
    }
    return lacks;
  }
}
