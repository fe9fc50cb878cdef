package io.pgguard.session;

import java.util.List;

/**
 * The answer to a request to run a text: refused, or granted with one run for each statement of it.
 */
public sealed interface Ruling {

  /** Nothing of the text may reach the server. */
  record Refused(Refusal refusal) implements Ruling {}

  /**
   * The text may be sent, exactly as it was shown.
   *
   * @param runs one for each statement of the text, in order; empty for an empty text
   * @param notices what the client is told before anything comes of it
   */
  record Granted(List<StatementRun> runs, List<ServerMessage> notices) implements Ruling {
    public Granted {
      runs = List.copyOf(runs);
      notices = List.copyOf(notices);
    }

    /** Granted, with nothing to tell. */
    public Granted(List<StatementRun> runs) {
      this(runs, List.of());
    }
  }
}
