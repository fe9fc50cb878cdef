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
   */
  record Granted(List<StatementRun> runs) implements Ruling {
    public Granted {
      runs = List.copyOf(runs);
    }
  }
}
