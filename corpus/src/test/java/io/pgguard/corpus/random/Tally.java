package io.pgguard.corpus.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of the statements of a run. Thread-safe. */
final class Tally {
  /** What can come of a statement. */
  enum Outcome {
    /** Direct and guarded gave the same. */
    SAME,
    /** A protected column was used, and Guard refused. */
    REFUSED,
    /** A protected column was used, and Guard changed what came back. */
    MASKED,
    /** A canary came through. */
    LEAK,
    /** Nothing protected is in reach, and still the runs differ. */
    DIFFERENT,
    /** A protected relation is named, no protected column used, and Guard refused. */
    WOLF_REFUSED,
    /**
     * A protected relation is named, no protected column used, and Guard changed what came back.
     */
    WOLF_MASKED,
    /** No protected column is used, and the planner's cost is over the policy's limit. */
    OVER_LIMIT,
    /** Two direct runs differ already, or the direct run takes too long. */
    UNSTABLE
  }

  private static final int MOST_TEXTS = 400;

  private final Map<Outcome, Integer> outcomes = new TreeMap<>();
  private final Map<Outcome, List<String>> texts = new TreeMap<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private long open;
  private long near;
  private long hot;
  private long hotSame;
  private long failedDirectly;

  synchronized void add(RandomStatement statement, Outcome outcome, Observation direct) {
    outcomes.merge(outcome, 1, Integer::sum);
    open += statement.open() ? 1 : 0;
    near += statement.near() ? 1 : 0;
    hot += statement.hotColumn() ? 1 : 0;
    hotSame += statement.hotColumn() && outcome == Outcome.SAME ? 1 : 0;
    failedDirectly += direct.failed() ? 1 : 0;
  }

  /** Keeps a failing statement's text and why, and counts the reason. */
  synchronized void tell(Outcome outcome, RandomStatement statement, String why, String text) {
    reasons.merge(outcome + " " + reason(why), 1, Integer::sum);
    List<String> kept = texts.computeIfAbsent(outcome, o -> new ArrayList<>());
    if (kept.size() < MOST_TEXTS) {
      kept.add("#" + statement.number() + " " + why.strip().replace('\n', ' ') + "\n    " + text);
    }
  }

  private static String reason(String why) {
    String first = why.lines().findFirst().orElse("");
    String plain =
        first
            .replaceAll("apr-\\w+", "N")
            .replaceAll("\"[^\"]*\"|'[^']*'", "_")
            .replaceAll("[a-z]+\\d+|\\d+", "N");
    return plain.substring(0, Math.min(170, plain.length()));
  }

  /** Whether texts of this outcome are still wanted. */
  synchronized boolean wants(Outcome outcome, int most) {
    List<String> kept = texts.get(outcome);
    return kept == null || kept.size() < most;
  }

  synchronized int count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  synchronized int total() {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The measures, one a line. */
  synchronized String measures() {
    int wolves = count(Outcome.WOLF_REFUSED);
    return """
        random statements: %d (%d open, %d over protected relations only, %d over protected columns), %d fail directly, %d unstable, %d over the cost limit
        random leaks %d bar 0 %s
        random differences where nothing is protected %d of %d bar 0 %s
        cries of wolf: %d of %d refused (%.2f in 100), %d changed
        over protected columns: %d refused, %d masked, %d the same
        """
        .formatted(
            total(),
            open,
            near,
            hot,
            failedDirectly,
            count(Outcome.UNSTABLE),
            count(Outcome.OVER_LIMIT),
            count(Outcome.LEAK),
            count(Outcome.LEAK) == 0 ? "pass" : "short",
            count(Outcome.DIFFERENT),
            open,
            count(Outcome.DIFFERENT) == 0 ? "pass" : "short",
            wolves,
            near,
            near == 0 ? 0.0 : 100.0 * wolves / near,
            count(Outcome.WOLF_MASKED),
            count(Outcome.REFUSED),
            count(Outcome.MASKED),
            hotSame);
  }

  /** The reasons, most frequent first, then the texts. */
  synchronized String details(int most) {
    StringBuilder text = new StringBuilder();
    reasons.entrySet().stream()
        .sorted((a, b) -> b.getValue() - a.getValue())
        .limit(most * 3L)
        .forEach(e -> text.append(e.getValue()).append(' ').append(e.getKey()).append('\n'));
    texts.forEach(
        (outcome, kept) -> {
          text.append("== ").append(outcome).append('\n');
          kept.stream().limit(most).forEach(k -> text.append(k).append('\n'));
        });
    return text.toString();
  }
}
