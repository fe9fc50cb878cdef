package io.pgguard.judge;

import io.pgguard.internal.syntax.tree.ColumnRef;
import io.pgguard.internal.syntax.tree.Exists;
import io.pgguard.internal.syntax.tree.Node;
import io.pgguard.internal.syntax.tree.RowExpansion;
import io.pgguard.internal.syntax.tree.Select;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether a statement asks for columns without naming them: {@code *}, {@code t.*}, {@code TABLE
 * t}. What stands in EXISTS brings no columns. Stateless and thread-safe.
 */
final class Stars {
  private Stars() {}

  static boolean in(Node statement) {
    Set<Node> idle = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean[] found = {false};
    statement.walk(
        node -> {
          if (node instanceof Exists exists && exists.query().body() instanceof Select select) {
            select.targets().forEach(target -> idle.add(target.value()));
          }
          boolean star = node instanceof ColumnRef ref && ref.star();
          found[0] |= (star || node instanceof RowExpansion) && !idle.contains(node);
        });
    return found[0];
  }
}
