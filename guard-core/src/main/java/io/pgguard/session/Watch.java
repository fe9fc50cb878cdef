package io.pgguard.session;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has to be asked about a statement in the session that runs it, before its effect may last.
 * The edge puts the questions to the server in the statement's own session and transaction, keeps
 * their answers from the client, and relays nothing of what the statement answers, nor anything
 * behind it, before it is told to {@link Step.Pass}. Used by the session's thread.
 */
public interface Watch {
  /**
   * Tells what the server's catalog is at: its snapshot, the session's own transaction, and whether
   * the snapshot is as new as the question.
   */
  String CATALOG =
      "SELECT pg_catalog.pg_current_snapshot(), pg_catalog.pg_current_xact_id_if_assigned(),"
          + " pg_catalog.current_setting('transaction_isolation')";

  /**
   * What to ask right before the statement is bound and once more right behind: the server runs
   * some functions as it plans. Empty where that changes nothing for sure.
   */
  default Optional<String> planning() {
    return Optional.empty();
  }

  /**
   * The answers to {@link #planning}: why what was done until then may not last, which ends the
   * run; empty where nothing was done.
   */
  default Optional<Refusal> planned(Row before, Row after) {
    return Optional.empty();
  }

  /**
   * What to ask before the statement may run at all, once the server has prepared and bound it;
   * each question takes the statement's own parameters. Empty where it may run.
   */
  default List<String> first() {
    return List.of();
  }

  /**
   * The answers to {@link #first}: why the statement may not run, which ends the run; empty where
   * it may. Comes when people have decided, where they have to.
   */
  default Awaited<Optional<Refusal>> admit(List<Row> answers) {
    return Awaited.now(Optional.empty());
  }

  /** Whether what it does is asked about; else it runs as any other. Holds once it was admitted. */
  default boolean counts() {
    return true;
  }

  /**
   * What to ask right before the statement, in its transaction. Each question is one SQL statement
   * that brings one row at most.
   */
  List<String> before();

  /**
   * Whether all that it changes is changed when its first row comes (PostgreSQL source, {@code
   * PortalRun}: a data change that returns rows runs to its end at once). Otherwise it changes
   * things as its rows are fetched: {@link #done} is told of each portion, and the rows are relayed
   * as they come.
   */
  default boolean atOnce() {
    return true;
  }

  /** The server has run the statement, or a portion of its rows. */
  Step done(Outcome outcome);

  /** The answers to what was asked last, in order. */
  Step answered(List<Row> answers);

  /**
   * The server did not answer a question, so nobody knows what the statement did: its transaction
   * has failed. Ends the run.
   *
   * @return what to tell the client
   */
  ServerMessage unanswered(ServerMessage error);

  /**
   * How a statement came to its end, or to a portion of its rows.
   *
   * @param tag the command tag; null where the portal was suspended
   * @param before the answers to {@link #before}; empty where it was not asked anew
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
