package io.pgguard.corpus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One figure with its bar, and the lines that keep it from holding. Immutable.
 *
 * @param name what is measured, and where
 * @param verdicts of each line that was looked at
 * @param shareNeeded the share of judged lines that must pass, 1 for all
 */
record Measure(String name, List<Verdict> verdicts, double shareNeeded) {
  Measure {
    verdicts = List.copyOf(verdicts);
  }

  private long count(Verdict.Outcome outcome) {
    return verdicts.stream().filter(v -> v.outcome() == outcome).count();
  }

  boolean pass() {
    long judged = count(Verdict.Outcome.PASSED) + count(Verdict.Outcome.FAILED);
    return count(Verdict.Outcome.PASSED) >= shareNeeded * judged;
  }

  /** {@code name value bar pass|short}. */
  String line() {
    long judged = count(Verdict.Outcome.PASSED) + count(Verdict.Outcome.FAILED);
    long needed = (long) Math.ceil(shareNeeded * judged);
    return name
        + " "
        + count(Verdict.Outcome.PASSED)
        + "/"
        + judged
        + " "
        + needed
        + " "
        + (pass() ? "pass" : "short");
  }

  /** How many lines were skipped for which reason. */
  String skipped() {
    Map<String, List<String>> reasons =
        verdicts.stream()
            .filter(v -> v.outcome() == Verdict.Outcome.SKIPPED)
            .collect(
                Collectors.groupingBy(
                    Verdict::why,
                    TreeMap::new,
                    Collectors.mapping(Verdict::id, Collectors.toList())));
    return reasons.entrySet().stream()
        .map(e -> "  skipped " + e.getValue().size() + ", " + e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  List<Verdict> failures() {
    return verdicts.stream().filter(v -> v.outcome() == Verdict.Outcome.FAILED).toList();
  }
}
