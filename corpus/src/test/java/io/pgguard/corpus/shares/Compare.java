package io.pgguard.corpus.shares;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints, by kind of statement, what two builds admitted of the same statements over protected
 * relations, and, where both admitted a statement, of its cells that are the same in all worlds how
 * many each gave as they are; then why statements that the first admitted are refused by the
 * second:
 *
 * <pre>java Compare.java BEFORE AFTER</pre>
 *
 * <p>Both files are {@link Replay}'s.
 */
public final class Compare {
  /** Of one build, over statements of a kind. */
  private static final class Share {
    private long admitted;
    private long told;
    private long cells;
    private long unchanged;

    void add(String[] line, boolean both) {
      admitted += admitted(line) ? 1 : 0;
      told += admitted(line) && line[4].equals("true") ? 1 : 0;
      cells += both ? Long.parseLong(line[5]) : 0;
      unchanged += both ? Long.parseLong(line[6]) : 0;
    }

    String text(long made) {
      String given = cells == 0 ? "-" : "%.1f %%".formatted(100.0 * unchanged / cells);
      return "%.1f %% | %d | %s".formatted(100.0 * admitted / made, told, given);
    }
  }

  /** Of one kind. */
  private static final class Row {
    private long made;
    private long fell;
    private long fellAndTold;
    private final Share before = new Share();
    private final Share after = new Share();

    void add(String[] one, String[] other) {
      made++;
      boolean both = admitted(one) && admitted(other);
      before.add(one, both);
      after.add(other, both);
      if (admitted(one) && !admitted(other)) {
        fell++;
        fellAndTold += one[4].equals("true") ? 1 : 0;
      }
    }
  }

  private Compare() {}

  /**
   * Prints the table, in Markdown.
   *
   * @param arguments the file of the build before, and of the build after
   */
  public static void main(String[] arguments) throws IOException {
    List<String> before = Files.readAllLines(Path.of(arguments[0]));
    List<String> after = Files.readAllLines(Path.of(arguments[1]));
    Map<String, Row> rows = new TreeMap<>();
    Map<String, long[]> reasons = new TreeMap<>();
    Row all = new Row();
    for (int i = 0; i < before.size(); i++) {
      String[] one = before.get(i).split("\t", -1);
      String[] other = after.get(i).split("\t", -1);
      boolean counts = one[2].equals("true") && !unsent(one) && !unsent(other);
      if (counts) {
        rows.computeIfAbsent(one[1], kind -> new Row()).add(one, other);
        all.add(one, other);
        if (admitted(one) && !admitted(other)) {
          long[] count = reasons.computeIfAbsent(reason(other[7]), reason -> new long[2]);
          count[one[4].equals("true") ? 1 : 0]++;
        }
      }
    }
    System.out.println(
        "| kind | made | admitted before | told | cells | admitted after | told | cells | fell | of which told |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    rows.forEach(Compare::print);
    print("all", all);
    System.out.println();
    reasons.entrySet().stream()
        .sorted(Comparator.comparing(reason -> -reason.getValue()[0] - reason.getValue()[1]))
        .forEach(
            reason ->
                System.out.printf(
                    "%d (%d told): %s%n",
                    reason.getValue()[0] + reason.getValue()[1],
                    reason.getValue()[1],
                    reason.getKey()));
  }

  private static void print(String kind, Row row) {
    System.out.printf(
        "| %s | %d | %s | %s | %d | %d |%n",
        kind,
        row.made,
        row.before.text(row.made),
        row.after.text(row.made),
        row.fell,
        row.fellAndTold);
  }

  private static boolean admitted(String[] line) {
    return line[3].equals("admitted");
  }

  /** COPY needs more than {@code java.sql}. */
  private static boolean unsent(String[] line) {
    return line[7].contains("CopyManager");
  }

  private static String reason(String message) {
    String plain = message.replaceAll("`[^`]*`", "").replaceAll("\\d+", "n");
    return plain.substring(0, Math.min(plain.length(), 90));
  }
}
