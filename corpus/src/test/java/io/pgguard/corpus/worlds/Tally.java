package io.pgguard.corpus.worlds;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts what became of cases. Thread-safe. */
final class Tally {
  /** Of one kind. */
  private static final class Row {
    private long made;
    private long refused;
    private long failed;
    private long unrelated;
    private long repeated;
    private long counted;
    private long different;
  }

  private final Map<String, Row> rows = new TreeMap<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Set<Set<String>> cores = new HashSet<>();
  private final Fingerprints claimed = new Fingerprints();
  private final Fingerprints run = new Fingerprints();
  private Consumer<Case> observer = made -> {};
  private long sampled;
  private long differDirectly;
  private long openCells;
  private long openCellsUnchanged;

  /** Tells of every case that is run from now on. */
  synchronized void observe(Consumer<Case> told) {
    observer = told;
  }

  /** Whether the same texts were made before; from now on they were. */
  synchronized boolean madeBefore(Case made) {
    return !claimed.add(made.fingerprint());
  }

  /** Counts a case that was run; tells whether it counts: the same texts do once. */
  synchronized boolean add(Seen seen) {
    Row row = rows.computeIfAbsent(seen.made().kind(), kind -> new Row());
    row.made++;
    observer.accept(seen.made());
    boolean fresh = run.add(seen.made().fingerprint());
    boolean counts = false;
    if (seen.refused()) {
      row.refused++;
    } else if (!seen.ranSomewhere() || seen.late()) {
      row.failed++;
    } else if (!seen.made().readsSecret()) {
      row.unrelated++;
    } else if (!fresh) {
      row.repeated++;
    } else {
      row.counted++;
      counts = true;
    }
    return counts;
  }

  /** Whether a case holds all that makes an earlier finding, and so is taken for it. */
  synchronized boolean known(Case made) {
    Set<String> words = Finding.words(made);
    boolean known = cores.stream().anyMatch(words::containsAll);
    if (known) {
      rows.computeIfAbsent(made.kind(), kind -> new Row()).different++;
    }
    return known;
  }

  synchronized boolean found(Finding finding) {
    Row row = rows.computeIfAbsent(finding.original().kind(), kind -> new Row());
    row.different++;
    cores.add(finding.core());
    return findings.putIfAbsent(finding.signature(), finding) == null;
  }

  synchronized void sample(boolean differs, long cells, long unchanged) {
    sampled++;
    differDirectly += differs ? 1 : 0;
    openCells += cells;
    openCellsUnchanged += unchanged;
  }

  synchronized long sampled() {
    return sampled;
  }

  synchronized long counted() {
    return rows.values().stream().mapToLong(row -> row.counted).sum();
  }

  synchronized long made() {
    return rows.values().stream().mapToLong(row -> row.made).sum();
  }

  synchronized List<Finding> findings() {
    return new ArrayList<>(findings.values());
  }

  synchronized double differDirectly() {
    return sampled == 0 ? 1 : (double) differDirectly / sampled;
  }

  /** What has been run, in one line. */
  synchronized String progress() {
    return String.format(
        "%d made, %d counted, %d differ",
        made(), counted(), rows.values().stream().mapToLong(row -> row.different).sum());
  }

  synchronized String table(double seconds) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-20s %9s %9s %9s %9s %9s %9s %9s %9s%n",
            "kind",
            "made",
            "refused",
            "failed",
            "unrelated",
            "repeated",
            "counted",
            "differ",
            "admitted"));
    rows.forEach(
        (kind, row) ->
            text.append(
                String.format(
                    "%-20s %9d %9d %9d %9d %9d %9d %9d %8d%%%n",
                    kind,
                    row.made,
                    row.refused,
                    row.failed,
                    row.unrelated,
                    row.repeated,
                    row.counted,
                    row.different,
                    100 * (row.made - row.refused) / Math.max(1, row.made))));
    text.append(
        String.format(
            "%d made, %d counted, %.0f and %.0f a second; of %d counted run directly %d differ (%.0f %%); of %d cells that are the same in all worlds %d came unchanged (%.1f %%)%n",
            made(),
            counted(),
            made() / seconds,
            counted() / seconds,
            sampled,
            differDirectly,
            100 * differDirectly(),
            openCells,
            openCellsUnchanged,
            100.0 * openCellsUnchanged / Math.max(1, openCells)));
    return text.toString();
  }
}
