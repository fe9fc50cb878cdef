package io.pgguard.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Collects the verdicts on one statement and combines them. Used by one thread. */
final class Verdicts {
  private final List<Verdict> all = new ArrayList<>(4);
  private final List<Verdict> noted = new ArrayList<>(0);
  private final List<Approvers> needed = new ArrayList<>(0);
  private Verdict.Outcome strongest = Verdict.Outcome.ALLOW;
  private @Nullable Duration within;
  private @Nullable Duration useWithin;
  private OptionalLong maxRows;

  Verdicts(OptionalLong maxRows) {
    this.maxRows = maxRows;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** A verdict of Guard's own; where it wants approval, one person's is enough. */
  void add(Verdict verdict) {
    add(verdict, Rule.ANYBODY, Rule.DEFAULT_WITHIN, Rule.DEFAULT_WITHIN);
  }

  void add(Otherwise otherwise, Verdict verdict) {
    add(verdict, otherwise.by(), otherwise.within(), otherwise.useWithin());
  }

  /** What is recorded, and counts for nothing. */
  void note(Verdict verdict) {
    noted.add(verdict);
  }

  void add(Rule rule, Verdict verdict) {
    add(verdict, rule.by(), rule.within(), rule.useWithin());
    OptionalLong rows = rule.maxRows();
    if (rows.isPresent() && (maxRows.isEmpty() || rows.getAsLong() < maxRows.getAsLong())) {
      maxRows = rows;
    }
  }

  private void add(Verdict verdict, Approvers by, Duration patience, Duration use) {
    all.add(verdict);
    if (verdict.outcome().compareTo(strongest) > 0) {
      strongest = verdict.outcome();
    }
    if (verdict.outcome() == Verdict.Outcome.APPROVE) {
      if (!needed.contains(by)) {
        needed.add(by);
      }
      if (within == null || patience.compareTo(within) < 0) {
        within = patience;
      }
      if (useWithin == null || use.compareTo(useWithin) < 0) {
        useWithin = use;
      }
    }
  }

  Decision decision() {
    all.addAll(noted);
    return switch (strongest) {
      case ALLOW -> new Decision.Allow(all, maxRows);
      case APPROVE ->
          new Decision.RequireApproval(
              all,
              needed,
              within == null ? Rule.DEFAULT_WITHIN : within,
              useWithin == null ? Rule.DEFAULT_WITHIN : useWithin,
              maxRows);
      case DENY -> new Decision.Deny(all);
    };
  }
}
