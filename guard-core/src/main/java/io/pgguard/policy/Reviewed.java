package io.pgguard.policy;

import io.pgguard.mask.Mask;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which columns somebody has looked at, and what becomes of the others, those of tomorrow among
 * them. Immutable.
 *
 * @param columns those that somebody has looked at; empty where the policy does not ask
 * @param refuses whether to read another one is refused; it is redacted in any case
 */
record Reviewed(List<ColumnPattern> columns, boolean refuses) {
  /** Where the policy does not ask. */
  static final Reviewed ALL = new Reviewed(List.of(), false);

  Reviewed {
    columns = List.copyOf(columns);
  }

  /** The class of the other columns. */
  Optional<SensitiveClass> unreviewed() {
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SensitiveClass(
                SensitiveClass.UNREVIEWED,
                List.of(ColumnPattern.others(columns)),
                new Mask.Redact()));
  }

  /** The rule that refuses to read them. */
  Optional<Rule> rule() {
    if (!refuses) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            SensitiveClass.UNREVIEWED,
            Condition.reading(ColumnPattern.others(columns)),
            Verdict.Outcome.DENY,
            Rule.ANYBODY,
            Rule.DEFAULT_WITHIN,
            Rule.DEFAULT_WITHIN,
            OptionalLong.empty(),
            null,
            false));
  }
}
