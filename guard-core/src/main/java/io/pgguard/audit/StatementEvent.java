package io.pgguard.audit;

import io.pgguard.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of one statement of a session. Statements are numbered from 1 in each session. */
public sealed interface StatementEvent extends AuditEvent {

  @Override
  String session();

  /** The statement's number in its session, from 1. */
  long statement();

  /**
   * A statement was decided on; appended before any of it reaches the server.
   *
   * @param intent why the agent asks, or null for not stated
   * @param text the text, exactly
   * @param values the parameters' values, in order
   * @param kinds what the statement is, in words such as {@code select}
   * @param outcome the decision: the strongest of the verdicts
   * @param verdicts every rule that spoke, with its reason
   * @param masked the masked columns as far as they are known before the server describes the
   *     result
   * @param policyHash the policy that decided
   * @param catalogVersion the catalog snapshot that it was decided on
   * @param meaning a fingerprint of what the names of the text stand for
   * @param layer the layer of analysis that decided, such as {@code lineage} or {@code mentions}
   */
  record StatementDecided(
      String session,
      long statement,
      Instant at,
      @Nullable String intent,
      String text,
      List<LoggedValue> values,
      List<String> kinds,
      Verdict.Outcome outcome,
      List<Verdict> verdicts,
      List<MaskedColumn> masked,
      String policyHash,
      String catalogVersion,
      String meaning,
      String layer)
      implements StatementEvent {
    public StatementDecided {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(outcome, "outcome");
      Objects.requireNonNull(meaning, "meaning");
      values = List.copyOf(values);
      kinds = List.copyOf(kinds);
      verdicts = List.copyOf(verdicts);
      masked = List.copyOf(masked);
    }
  }

  /** Masks were bound to the columns of a result; appended before its first row is relayed. */
  record StatementShaped(String session, long statement, Instant at, List<MaskedColumn> masked)
      implements StatementEvent {
    public StatementShaped {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      masked = List.copyOf(masked);
    }
  }

  /**
   * A statement ended well.
   *
   * @param response what the client received
   * @param durationNanos from the decision to the end, in nanoseconds
   * @param commandTag the command tag as the client saw it
   * @param masked the columns that were masked
   */
  record StatementCompleted(
      String session,
      long statement,
      Instant at,
      ResponseTrace response,
      long durationNanos,
      String commandTag,
      List<MaskedColumn> masked)
      implements StatementEvent {
    public StatementCompleted {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(response, "response");
      masked = List.copyOf(masked);
    }
  }

  /**
   * The server, or Guard after the decision, ended a statement with an error.
   *
   * @param response what the client received, the error included
   * @param durationNanos from the decision to the end, in nanoseconds
   * @param message the message as the client saw it
   */
  record StatementFailed(
      String session,
      long statement,
      Instant at,
      ResponseTrace response,
      long durationNanos,
      String sqlState,
      String message)
      implements StatementEvent {
    public StatementFailed {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(response, "response");
    }
  }

  /**
   * A statement ran, and what it did was undone: only then was known what the policy says of it.
   *
   * @param changed how many rows it had changed; null where nobody can tell
   * @param outcome what the policy wants: refused, or held for approval
   * @param verdicts every rule that spoke
   */
  record StatementUndone(
      String session,
      long statement,
      Instant at,
      @Nullable Long changed,
      Verdict.Outcome outcome,
      List<Verdict> verdicts)
      implements StatementEvent {
    public StatementUndone {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(outcome, "outcome");
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * A statement did not run: only once the server had prepared it was known what the policy says of
   * it.
   *
   * @param outcome what the policy wants: refused, or held for approval
   * @param verdicts every rule that spoke
   */
  record StatementStopped(
      String session, long statement, Instant at, Verdict.Outcome outcome, List<Verdict> verdicts)
      implements StatementEvent {
    public StatementStopped {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(outcome, "outcome");
      verdicts = List.copyOf(verdicts);
    }
  }

  /** A statement that was let through did not run after all, or nobody saw its end. */
  record StatementAbandoned(String session, long statement, Instant at, String reason)
      implements StatementEvent {
    public StatementAbandoned {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * The server names another origin of a column than lineage did; the server's word was taken.
   *
   * @param column the output column
   * @param detail what each of them said
   */
  record LineageDisagreement(
      String session, long statement, Instant at, String column, String detail)
      implements StatementEvent {
    public LineageDisagreement {
      Objects.requireNonNull(session, "session");
      Objects.requireNonNull(at, "at");
    }
  }
}
