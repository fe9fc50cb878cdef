package io.pgguard.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request to run a text: refused, or granted with one run for each statement of it.
 */
public sealed interface Ruling {

  /** Nothing of the text may reach the server. */
  record Refused(Refusal refusal) implements Ruling {}

  /**
   * The text may be sent, exactly as it was shown, or the one that runs in its place.
   *
   * @param runs one for each statement of the text, in order; empty for an empty text
   * @param notices what the client is told before anything comes of it
   * @param instead what is sent in place of the text that was asked for; null for that text itself
   */
  record Granted(List<StatementRun> runs, List<ServerMessage> notices, @Nullable Instead instead)
      implements Ruling {
    public Granted {
      runs = List.copyOf(runs);
      notices = List.copyOf(notices);
    }

    /** What is sent: the text that was asked for, or the one in its place. */
    public StatementPlan of(StatementPlan asked) {
      return instead == null ? asked : instead.plan();
    }

    /** Granted as it was shown. */
    public Granted(List<StatementRun> runs, List<ServerMessage> notices) {
      this(runs, notices, null);
    }

    /** Granted, with nothing to tell. */
    public Granted(List<StatementRun> runs) {
      this(runs, List.of());
    }
  }

  /**
   * What is sent in place of a text: its results have the same columns.
   *
   * @param plan the text
   * @param parameters which of the values that came with the text go with it, by their numbers from
   *     1, in order; their types and formats go with them
   */
  record Instead(StatementPlan plan, List<Integer> parameters) {
    public Instead {
      parameters = List.copyOf(parameters);
    }
  }
}
