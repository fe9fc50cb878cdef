package io.pgguard.policy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * What becomes of a statement, with the verdicts that made it. Immutable. Deny beats approve beats
 * allow.
 */
public sealed interface Decision {

  /**
   * Every rule that spoke, in the policy's order; the built-in ones by their fixed ids. Never
   * empty.
   */
  List<Verdict> verdicts();

  /**
   * The statement may run.
   *
   * @param maxRows the most rows that it may bring
   */
  record Allow(List<Verdict> verdicts, OptionalLong maxRows) implements Decision {
    public Allow {
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * The statement waits for people.
   *
   * @param needed who must approve: every one of them
   * @param within how long a request may wait, and its approval may be used at the latest
   * @param useWithin how long an approval may be used, from when it was given
   */
  record RequireApproval(
      List<Verdict> verdicts,
      List<Approvers> needed,
      Duration within,
      Duration useWithin,
      OptionalLong maxRows)
      implements Decision {
    public RequireApproval {
      verdicts = List.copyOf(verdicts);
      needed = List.copyOf(needed);
    }

    /** One whose approval may be used as long as its request may wait. */
    public RequireApproval(
        List<Verdict> verdicts, List<Approvers> needed, Duration within, OptionalLong maxRows) {
      this(verdicts, needed, within, within, maxRows);
    }
  }

  /** The statement does not run. */
  record Deny(List<Verdict> verdicts) implements Decision {
    public Deny {
      verdicts = List.copyOf(verdicts);
    }
  }
}
