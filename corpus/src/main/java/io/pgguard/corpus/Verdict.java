package io.pgguard.corpus;

/**
 * What became of one line. Immutable.
 *
 * @param id the line
 * @param outcome whether the bar holds
 * @param why what came through, or why it was skipped; empty for a pass
 */
record Verdict(String id, Outcome outcome, String why) {
  /** Whether the bar holds for a line. */
  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }

  static Verdict passed(String id) {
    return new Verdict(id, Outcome.PASSED, "");
  }

  static Verdict failed(String id, String why) {
    return new Verdict(id, Outcome.FAILED, why);
  }

  static Verdict foreign(String id) {
    return skipped(id, "touches a server that is not the test's own");
  }

  static Verdict skipped(String id, String why) {
    return new Verdict(id, Outcome.SKIPPED, why);
  }
}
