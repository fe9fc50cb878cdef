package io.pgguard.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for canaries in all that a line brings out through an edge. One thread at a time. */
final class LeakJudge {
  private static final long PATIENCE_MILLIS = 20_000;
  private final RedteamDatabase database;
  private final CanaryFinder finder;

  LeakJudge(RedteamDatabase database, CanaryFinder finder) {
    this.database = database;
    this.finder = finder;
  }

  /** The modes that a line is run in. */
  static List<Mode> modes(CorpusLine line) {
    List<Mode> modes = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      boolean sameForOracle = mode == Mode.BINARY && line.field("oracle") != null;
      boolean scripted = line.field("wire") != null && !modes.isEmpty();
      if (line.allows(mode.protocol()) && !sameForOracle && !scripted) {
        modes.add(mode);
      }
    }
    return modes;
  }

  /** The first leak in any mode: the mode, the channel, the canary. */
  Optional<String> firstLeak(Edge edge, CorpusLine line) throws SQLException {
    for (Mode mode : modes(line)) {
      Optional<String> leak = leak(edge, line, mode);
      if (leak.isPresent()) {
        return leak;
      }
    }
    return Optional.empty();
  }

  private Optional<String> leak(Edge edge, CorpusLine line, Mode mode) throws SQLException {
    database.ready();
    LineRun run = new LineRun(edge, mode, true, PATIENCE_MILLIS);
    String hint = line.text("encoding_hint", "");
    JsonNode oracle = line.field("oracle");
    if (oracle != null) {
      String value = replay(run, line, mode, oracle);
      database.after(line, List.of(new Answer()));
      return finder.find(value, hint).map(found -> mode + " oracle: " + found);
    }
    List<Answer> answers = line.field("wire") == null ? run.run(line) : run.script(line);
    database.after(line, answers);
    return in(answers, hint).map(found -> mode + " " + found);
  }

  /** Runs a line's wire operations, and finds the first leak in what came back. */
  Optional<String> leak(WireAddress address, CorpusLine line) throws SQLException {
    database.ready();
    List<Answer> answers = new WireRun(database, address, line).run();
    database.after(line, answers);
    return in(answers, line.text("encoding_hint", ""));
  }

  private Optional<String> in(List<Answer> answers, String hint) {
    for (Fragment fragment : Fragments.of(answers)) {
      Optional<Found> found = finder.find(fragment.text(), hint);
      if (found.isPresent()) {
        return Optional.of(
            fragment.channel()
                + ": "
                + found.get()
                + " in "
                + Answer.oneLine(fragment.text(), 160));
      }
    }
    return Optional.empty();
  }

  private static String replay(LineRun run, CorpusLine line, Mode mode, JsonNode oracle) {
    try (AgentSession session = run.open(line, mode, true)) {
      return new OracleReplay(oracle, session).value();
    } catch (SQLException refused) {
      return "";
    }
  }
}
