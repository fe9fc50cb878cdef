package io.pgguard.corpus;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds that ordinary work gives through Guard exactly what it gives directly. One thread at a
 * time.
 */
final class BenignJudge implements Judge {
  private static final long PATIENCE_MILLIS = 20_000;
  private final Edge direct;
  private final Edge guarded;

  BenignJudge(Edge direct, Edge guarded) {
    this.direct = direct;
    this.guarded = guarded;
  }

  @Override
  public Verdict judge(CorpusLine line) {
    boolean judged = false;
    for (Mode mode : Mode.values()) {
      boolean needsValues = mode == Mode.STATEMENT && line.field("params") != null;
      if (!line.allows(mode.protocol()) || needsValues) {
        continue;
      }
      judged = true;
      Optional<String> difference =
          difference(line, session(direct, line, mode), session(guarded, line, mode));
      if (difference.isPresent()) {
        return Verdict.failed(
            line.id(),
            mode + " " + difference.get() + " <- " + Answer.oneLine(line.sql().toString(), 300));
      }
    }
    return judged
        ? Verdict.passed(line.id())
        : Verdict.skipped(line.id(), "no mode of JDBC's can send it");
  }

  private static List<Answer> session(Edge edge, CorpusLine line, Mode mode) {
    List<Answer> answers = new ArrayList<>();
    LineRun run = new LineRun(edge, mode, false, PATIENCE_MILLIS);
    try (AgentSession session = run.open(line, mode, true)) {
      line.texts("pre").forEach(sql -> answers.addAll(session.statement(sql)));
      for (String sql : line.sql()) {
        answers.addAll(
            line.field("params") == null
                ? session.run(sql, true)
                : session.prepared(sql, line.texts("params"), true));
      }
      line.texts("post").forEach(sql -> answers.addAll(session.statement(sql)));
    } catch (SQLException e) {
      answers.add(Answer.failed(e));
    }
    return answers;
  }

  private static Optional<String> difference(
      CorpusLine line, List<Answer> expected, List<Answer> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      List<String> wanted = comparable(line, expected.get(i));
      List<String> got = comparable(line, actual.get(i));
      if (!wanted.equals(got)) {
        return Optional.of(
            "answer "
                + (i + 1)
                + ": "
                + firstDifference(wanted, got)
                + "; "
                + actual.get(i).summary());
      }
    }
    return expected.size() == actual.size()
        ? Optional.empty()
        : Optional.of(actual.size() + " answers instead of " + expected.size());
  }

  private static String firstDifference(List<String> wanted, List<String> got) {
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).equals(got.get(i))) {
        return "wanted "
            + Answer.oneLine(wanted.get(i), 200)
            + " got "
            + Answer.oneLine(got.get(i), 200);
      }
    }
    return "";
  }

  /** What must be the same, each in words that can be shown. */
  private static List<String> comparable(CorpusLine line, Answer answer) {
    List<String> parts = new ArrayList<>();
    parts.add("SQLSTATE " + answer.sqlState());
    parts.add("labels " + answer.labels);
    parts.add("types " + answer.types);
    parts.add("tag " + (line.is("volatile_tag") ? "" : answer.tag));
    if (!line.is("volatile")) {
      List<String> rows = new ArrayList<>(answer.rows.stream().map(String::valueOf).toList());
      if (line.is("unordered")) {
        rows.sort(null);
      }
      parts.add("rows " + rows);
      byte[] copied = answer.copied;
      parts.add(
          "copied " + (copied == null ? "" : new String(copied, StandardCharsets.ISO_8859_1)));
      parts.add("warnings " + answer.warnings);
      parts.add("parameters " + answer.parameters);
      parts.add("error " + (answer.error == null ? "" : answer.error.getMessage()));
    }
    return parts;
  }
}
