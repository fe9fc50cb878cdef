package io.pgguard.lineage;

import io.pgguard.reach.Coercions;
import io.pgguard.reach.TotalFunctions;
import io.pgguard.wording.LineageWording;
import java.util.List;

/**
 * The type that the branches of a construct become together (select_common_type, parse_coerce.c).
 * Used by one analysis.
 */
final class CommonType {
  private final Analysis analysis;

  CommonType(Analysis analysis) {
    this.analysis = analysis;
  }

  /** Notes that values become one type, as the branches of a construct do. */
  int of(List<Value> values, String what) {
    int type = commonType(values);
    for (Value value : values) {
      String step = type == 0 ? null : analysis.failures.coercions().step(value.type(), type);
      boolean total =
          type != 0 ? step == null || TotalFunctions.isTotal(step) : value.sources().isEmpty();
      if (!total) {
        analysis.failures.note(value.sources(), LineageWording.DIFFERENT_TYPES.words(what));
      }
    }
    return type;
  }

  /** The type that all have or become, as far as that is plain to see; else 0. */
  private int commonType(List<Value> values) {
    int common = Coercions.UNKNOWN;
    for (Value value : values) {
      int type = value.type();
      if (type == 0) {
        return 0;
      }
      if (type == common || type == Coercions.UNKNOWN) {
        continue;
      }
      common = common == Coercions.UNKNOWN ? type : wider(common, type);
    }
    return common == Coercions.UNKNOWN && !values.isEmpty() ? Value.TEXT : common;
  }

  /** select_common_type for two types: the one that the other becomes by itself. */
  private int wider(int one, int other) {
    if (one == 0) {
      return 0;
    }
    boolean there = analysis.failures.resolver().implicit(one, other);
    boolean back = analysis.failures.resolver().implicit(other, one);
    boolean text = there && back && (one == Value.TEXT || other == Value.TEXT);
    return text ? Value.TEXT : there == back ? 0 : there ? other : one;
  }
}
