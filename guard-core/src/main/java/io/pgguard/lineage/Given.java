package io.pgguard.lineage;

import io.pgguard.internal.syntax.tree.Assignment;
import io.pgguard.internal.syntax.tree.DefaultValue;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Row;
import io.pgguard.internal.syntax.tree.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that a statement itself names for what it writes: constants and parameters, row by
 * row. A default is the owner's, who names it once for all. Stateless.
 */
final class Given {
  private Given() {}

  /** The values of a column of the rows that an INSERT brings; null where they are computed. */
  static @Nullable Set<Influence.Guess> of(@Nullable Query source, int column) {
    if (source == null || !(source.body() instanceof Values values)) {
      return null;
    }
    Set<Influence.Guess> all = new HashSet<>();
    for (Row row : values.rows()) {
      Set<Influence.Guess> one = column < row.fields().size() ? of(row.fields().get(column)) : null;
      if (one == null) {
        return null;
      }
      all.addAll(one);
    }
    return all;
  }

  /** The value of a column that SET names. */
  static @Nullable Set<Influence.Guess> of(Assignment assignment, int target) {
    if (!assignment.targets().get(target).path().isEmpty()) {
      return null; // a part of the value
    }
    if (!assignment.multiple()) {
      return of(assignment.value());
    }
    return assignment.value() instanceof Row row && target < row.fields().size()
        ? of(row.fields().get(target))
        : null;
  }

  /** The value of a column of a row that MERGE adds. */
  static @Nullable Set<Influence.Guess> of(List<Expression> values, int column) {
    return column < values.size() ? of(values.get(column)) : null;
  }

  private static @Nullable Set<Influence.Guess> of(Expression value) {
    if (value instanceof DefaultValue) {
      return Set.of();
    }
    return Conditions.isConstant(value) ? Set.of(Guesses.guess(value)) : null;
  }
}
