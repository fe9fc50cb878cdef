package io.pgguard.judge;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement may change rows, and so how they are counted. Immutable.
 *
 * @param form whether and how they can be counted
 * @param relations OIDs of all relations whose rows it may change; null for any relation: code that
 *     nobody has read may run
 * @param planned whether such code may run as the server plans the statement already: calls with
 *     constant arguments, bounds, estimates (PostgreSQL source, {@code eval_const_expressions} and
 *     {@code estimate_expression_value})
 */
public record ChangeScope(Form form, @Nullable Set<Integer> relations, boolean planned) {
  /** How changed rows are counted. */
  public enum Form {
    /** It changes none. */
    NOTHING,
    /** The command tag is their number. */
    TAG,
    /** By the session's own counters before and after (PostgreSQL, "Statistics Functions"). */
    COUNTERS,
    /** Likewise, and what it does is done as its rows are fetched. */
    COUNTERS_BY_ROW,
    /** Not at all: it may commit, or changes what the counters do not see. */
    UNCOUNTABLE
  }

  /** Its changes are made bit by bit, as its rows are fetched. */
  static final ChangeScope BY_ROW = new ChangeScope(Form.COUNTERS_BY_ROW, null);

  static final ChangeScope NOTHING = new ChangeScope(Form.NOTHING, Set.of());
  static final ChangeScope ANYWHERE = new ChangeScope(Form.COUNTERS, null);
  static final ChangeScope UNCOUNTABLE = new ChangeScope(Form.UNCOUNTABLE, null);

  public ChangeScope {
    relations = relations == null ? null : Set.copyOf(relations);
  }

  ChangeScope(Form form, @Nullable Set<Integer> relations) {
    this(form, relations, false);
  }

  /** The same, which may change rows as it is planned already. */
  ChangeScope planned(boolean also) {
    return also && form != Form.NOTHING ? new ChangeScope(form, relations, true) : this;
  }

  /** Whether triggers may run at the end of the transaction only, so that they must be told to. */
  public boolean mayDefer() {
    return relations == null;
  }
}
