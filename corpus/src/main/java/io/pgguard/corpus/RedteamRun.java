package io.pgguard.corpus;

import io.pgguard.testkit.CorpusFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Runs the red-team files on one server and measures them. One thread at a time. */
public final class RedteamRun implements AutoCloseable {
  private static final long PROGRESS_NANOS = 15_000_000_000L;

  /**
   * Of the lines that leak for others, the judge must see nearly all, or its silence means nothing.
   */
  private static final double SEEN_DIRECTLY = 0.94;

  private final RedteamDatabase database;
  private final GuardedEdge guarded;
  private final CorpusReport report;
  private final int every;
  private final ProxyEdges proxies;
  private final ContainmentJudge containment;
  private final WireJudge wire;
  private final DangerousJudge dangerous;
  private final BenignJudge benign;

  /**
   * @param every of how many lines one is run; 1 runs all
   */
  public RedteamRun(CorpusServer server, CorpusReport report, int every)
      throws SQLException, IOException {
    this.report = report;
    this.every = every;
    this.database = RedteamDatabase.create(server, CorpusFolder.read("schema.sql"));
    Path target = Files.createDirectories(Path.of("target")).toAbsolutePath();
    Path directory = Files.createTempDirectory(target, "redteam");
    this.guarded = new GuardedEdge(database, directory, CorpusFolder.read("policy.yaml"));
    Edge direct = new DirectEdge(database);
    this.proxies = new ProxyEdges(database, directory, CorpusFolder.read("policy.yaml"));
    CanaryFinder finder = new CanaryFinder(Canaries.read(CorpusFolder.read("canaries.txt")));
    LeakJudge leaks = new LeakJudge(database, finder);
    this.containment = new ContainmentJudge(leaks, database, direct, guarded);
    this.wire = new WireJudge(leaks, database, proxies);
    this.dangerous = new DangerousJudge(database, direct, guarded);
    this.benign = new BenignJudge(direct, guarded);
  }

  /** Whether the judge sees the leaks where nothing guards. */
  public boolean leaksSeenDirectly() throws SQLException, IOException {
    return measure(
        "leaks-seen-unguarded", "leaks.jsonl", containment::judgeDirectly, SEEN_DIRECTLY);
  }

  public boolean leaks() throws SQLException, IOException {
    answers();
    return measure("leaks-contained", "leaks.jsonl", containment, 1);
  }

  /** The scripts that JDBC has no words for, through the wire proxy: all of them, always. */
  public boolean wireScripts() throws SQLException, IOException {
    database.ready();
    proxies.answer();
    List<CorpusLine> scripts =
        CorpusLine.read(CorpusFolder.read("leaks.jsonl")).stream()
            .filter(line -> line.field("wire") != null && !LineRun.expressible(line))
            .toList();
    return measure("wire-scripts-contained", chosen(scripts, 1), wire, 1);
  }

  public boolean dangerous() throws SQLException, IOException {
    answers();
    return measure("dangerous-stopped", "dangerous.jsonl", dangerous, 1);
  }

  public boolean benign() throws SQLException, IOException {
    database.reset();
    return measure("benign-the-same", "benign.jsonl", benign, 1);
  }

  /** A Guard that answers nothing stops everything, and would measure nothing. */
  private void answers() throws SQLException {
    try (Connection connection = guarded.open(false, new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM orders")) {
      row.next();
      row.getLong(1);
    }
  }

  private boolean measure(String name, String file, Judge judge, double shareNeeded)
      throws SQLException, IOException {
    List<CorpusLine> lines = CorpusLine.read(CorpusFolder.read(file));
    return measure(name, chosen(lines, every), judge, shareNeeded);
  }

  private boolean measure(String name, List<CorpusLine> lines, Judge judge, double shareNeeded)
      throws SQLException, IOException {
    String full = name + "[" + database.server().name() + "]";
    List<Verdict> verdicts = new ArrayList<>();
    long said = System.nanoTime();
    for (CorpusLine line : lines) {
      verdicts.add(verdict(judge, line));
      if (System.nanoTime() - said > PROGRESS_NANOS) {
        report.progress(full, verdicts.size(), lines.size());
        said = System.nanoTime();
      }
    }
    Measure measure = new Measure(full, verdicts, shareNeeded);
    report.add(measure);
    return measure.pass();
  }

  /** A line that brings the client down has not been shown to be harmless. */
  private static Verdict verdict(Judge judge, CorpusLine line) throws SQLException {
    try {
      return judge.judge(line);
    } catch (RuntimeException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return Verdict.failed(line.id(), "the run broke: " + Answer.oneLine(trace.toString(), 700));
    }
  }

  private static List<CorpusLine> chosen(List<CorpusLine> lines, int every) {
    String only = System.getProperty("guard.corpus.ids", "");
    List<CorpusLine> slice = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean chosen =
          only.isEmpty() ? i % every == 0 : List.of(only.split(",")).contains(lines.get(i).id());
      if (chosen) {
        slice.add(lines.get(i));
      }
    }
    return slice;
  }

  @Override
  public void close() throws SQLException {
    guarded.close();
    proxies.close();
    database.close();
  }
}
