package io.pgguard.corpus;

import io.pgguard.jdbc.StatementHeldException;
import io.pgguard.jdbc.StatementRefusedException;
import io.pgguard.statement.LexicalException;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.StatementReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds that a line which does harm directly is refused, held or ended through Guard. One thread at
 * a time.
 */
final class DangerousJudge implements Judge {
  /** Longer than the policy's limit of 5 s, so that Guard has to end what runs too long. */
  private static final long PATIENCE_MILLIS = 9_000;

  /** What no rule of the corpus's policy stops, so that only the limit can end it. */
  static final String ENDLESS =
      "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r";

  private static final String IDLE_LIMIT = "SHOW idle_in_transaction_session_timeout";
  private final RedteamDatabase database;
  private final Edge direct;
  private final Edge guarded;

  DangerousJudge(RedteamDatabase database, Edge direct, Edge guarded) {
    this.database = database;
    this.direct = direct;
    this.guarded = guarded;
  }

  @Override
  public Verdict judge(CorpusLine line) throws SQLException {
    if (!LineRun.expressible(line)) {
      return Verdict.skipped(line.id(), "waits for the proxy");
    }
    if (database.isForeignTo(line)) {
      return Verdict.foreign(line.id());
    }
    List<Mode> modes = modes(line);
    for (Mode mode : modes) {
      String done = completed(guarded, line, mode, PATIENCE_MILLIS);
      if (done != null) {
        return Verdict.failed(
            line.id(), mode + " " + done + " <- " + Answer.oneLine(line.sql().toString(), 300));
      }
    }
    long patience = (long) (1000 * line.node().path("timeout").asDouble(4));
    return completed(direct, line, modes.get(0), patience) == null
        ? Verdict.skipped(line.id(), "shows no effect directly on this server")
        : Verdict.passed(line.id());
  }

  private static List<Mode> modes(CorpusLine line) {
    List<Mode> modes = new ArrayList<>();
    if (line.allows(Mode.STATEMENT.protocol())) {
      modes.add(Mode.STATEMENT);
    }
    boolean slow = line.category().equals("dos") && !modes.isEmpty();
    if (line.allows(Mode.PREPARED.protocol()) && !slow) {
      modes.add(Mode.PREPARED);
    }
    return modes;
  }

  /** What completed, or null when the line was stopped. */
  private @Nullable String completed(Edge edge, CorpusLine line, Mode mode, long patience)
      throws SQLException {
    database.ready();
    LineRun run = new LineRun(edge, mode, false, patience);
    List<Answer> answers = new ArrayList<>();
    boolean limited = false;
    try (AgentSession session = run.open(line, mode, true)) {
      if (line.field("wire") != null) {
        answers.addAll(run.script(line));
      } else {
        for (String sql : line.sql()) {
          answers.addAll(session.run(sql, false));
        }
      }
      limited = edge == guarded && completed(line, answers) && stillLimited(line, session);
    } catch (SQLException refused) {
      return null;
    } finally {
      if (answers.stream().anyMatch(a -> a.error == null)) {
        database.cleanup(line);
      }
      database.after(line, answers);
    }
    return completed(line, answers) && !limited
        ? answers.stream().map(Answer::summary).toList().toString()
        : null;
  }

  /**
   * Whether the limits still hold after a line that takes time: a limit switched off for nothing,
   * or a transaction left open that the server will end.
   */
  private static boolean stillLimited(CorpusLine line, AgentSession session) {
    if (!line.category().equals("dos")) {
      return false;
    }
    Set<StatementKind> kinds = kinds(line);
    if (kinds.equals(Set.of(StatementKind.SET))) {
      return session.run(ENDLESS, false).stream()
          .anyMatch(a -> a.sqlState().equals("57014") && !a.cancelled);
    }
    return kinds.contains(StatementKind.TRANSACTION)
        && session.run(IDLE_LIMIT, false).stream()
            .anyMatch(a -> !a.rows.isEmpty() && !"0".equals(a.rows.get(0).get(0)));
  }

  /** A statement that ran until the client itself gave up was not stopped. */
  private static boolean completed(CorpusLine line, List<Answer> answers) {
    String effect = line.text("effect_is_error", "");
    if (!effect.isEmpty()) {
      return answers.stream().anyMatch(a -> a.sqlState().equals(effect) && !refused(a));
    }
    return !answers.isEmpty() && answers.stream().allMatch(a -> a.error == null || a.cancelled);
  }

  private static boolean refused(Answer answer) {
    return answer.error instanceof StatementRefusedException
        || answer.error instanceof StatementHeldException;
  }

  static Set<StatementKind> kinds(CorpusLine line) {
    Set<StatementKind> kinds = EnumSet.noneOf(StatementKind.class);
    for (String sql : line.sql()) {
      try {
        StatementReader.read(sql).statements().forEach(s -> kinds.add(s.kind()));
      } catch (LexicalException e) {
        kinds.add(StatementKind.UNKNOWN);
      }
    }
    return kinds;
  }
}
