package io.pgguard.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be asked about a statement in the session that runs it, before its effect may last.
 * The edge puts the questions to the server in the statement's own session and transaction, keeps
 * their answers from the client, and relays nothing of what the statement answers, nor anything
 * behind it, before it is told to {@link Step.Pass}. Used by the session's thread.
 */
public interface Watch {

  /**
   * What to ask right before the statement, in its transaction. Each question is one SQL statement
   * that brings one row at most.
   */
  List<String> before();

  /** The server has run the statement, or its first row has come. */
  Step done(Outcome outcome);

  /** The answers to what was asked last, in order. */
  Step answered(List<Row> answers);

  /**
   * The server did not answer a question, so nobody knows what the statement did: its transaction
   * has failed. Ends the run.
   *
   * @return what to tell the client
   */
  Refusal unanswered(ServerMessage error);

  /**
   * How a statement came to its end, or to its first row.
   *
   * @param tag the command tag; null where the portal was suspended at its first row, when all that
   *     a data change does is done (PostgreSQL source, {@code PortalRun}: a data change that
   *     returns rows runs to its end at once)
   * @param before the answers to {@link #before}
   * @param repeatable whether the edge can undo it and later run it again without the client
   */
  record Outcome(@Nullable String tag, List<Row> before, boolean repeatable) {
    public Outcome {
      before = List.copyOf(before);
    }
  }

  /**
   * The one row of an answer.
   *
   * @param values as text, null for NULL; empty where no row came
   */
  record Row(List<@Nullable String> values) {}

  /** What the edge does next. */
  sealed interface Step {

    /** Ask these in the session; hand the answers to {@link #answered}. */
    record Ask(List<String> questions) implements Step {
      public Ask {
        questions = List.copyOf(questions);
      }
    }

    /** Let the statement's answer pass. */
    record Pass() implements Step {}

    /**
     * Undo what the statement did: make its transaction fail. The run has ended. Then the answer
     * says whether the client is told a refusal, or the statement runs again; that only where it
     * was said to be repeatable.
     */
    record Undo(Awaited<Ruling> then) implements Step {}
  }
}
