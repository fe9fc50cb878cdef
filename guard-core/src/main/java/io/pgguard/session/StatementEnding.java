package io.pgguard.session;

import io.pgguard.audit.MaskedColumn;
import io.pgguard.audit.ResponseTrace;
import io.pgguard.audit.StatementEvent.StatementAbandoned;
import io.pgguard.audit.StatementEvent.StatementCompleted;
import io.pgguard.audit.StatementEvent.StatementFailed;
import io.pgguard.audit.StatementEvent.StatementStopped;
import io.pgguard.audit.StatementEvent.StatementUndone;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.recording.StatementRecorder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Tells the audit log and the recording how one statement ended. Used by the session's thread. */
final class StatementEnding {
  private final LiveSession session;
  private final long number;
  private final StatementRecorder recorder;
  private final long startedNanos = System.nanoTime();

  StatementEnding(LiveSession session, long number, StatementRecorder recorder) {
    this.session = session;
    this.number = number;
    this.recorder = recorder;
  }

  private long elapsedNanos() {
    return System.nanoTime() - startedNanos;
  }

  /** It ran, and what it did is undone. */
  void undone(Refusal refusal, OptionalLong changed, Decision decision) {
    ResponseTrace trace = recorder.failed(refusal.asServerMessage().fields());
    session.log(
        new StatementUndone(
            session.id(),
            number,
            session.now(),
            changed.isPresent() ? changed.getAsLong() : null,
            outcome(decision),
            decision.verdicts()));
    logFailed(trace, refusal.sqlState(), refusal.message());
  }

  /** It did not run, because of what the planner expects. */
  void stopped(Refusal refusal, Decision decision) {
    ResponseTrace trace = recorder.failed(refusal.asServerMessage().fields());
    session.log(
        new StatementStopped(
            session.id(), number, session.now(), outcome(decision), decision.verdicts()));
    logFailed(trace, refusal.sqlState(), refusal.message());
  }

  /** A COPY from the client would store masks; once. */
  Refusal stoppedCopy(Refusal refusal, StatementAnalysis analysis) {
    stopped(refusal, MaskedCopy.decision(refusal));
    session.failed(analysis);
    return session.refused(refusal);
  }

  private static Verdict.Outcome outcome(Decision decision) {
    return decision instanceof Decision.Deny ? Verdict.Outcome.DENY : Verdict.Outcome.APPROVE;
  }

  private void logFailed(ResponseTrace trace, String sqlState, String message) {
    session.log(
        new StatementFailed(
            session.id(), number, session.now(), trace, elapsedNanos(), sqlState, message));
  }

  /**
   * The server reported an error.
   *
   * @param seen what the client sees of it
   */
  void failed(ServerMessage seen) {
    logFailed(recorder.failed(seen.fields()), seen.field('C'), seen.field('M'));
  }

  /** Says so where the policy's time ended the statement. */
  ServerMessage overLong(ServerMessage error) {
    String why = session.overran(error.field('C'), elapsedNanos()).orElse(null);
    if (why == null) {
      return error;
    }
    Map<Character, String> fields = new LinkedHashMap<>(error.fields());
    fields.put('H', why);
    return new ServerMessage(fields);
  }

  void completed(String commandTag, List<MaskedColumn> masked) {
    ResponseTrace trace = recorder.completed(commandTag);
    session.log(
        new StatementCompleted(
            session.id(), number, session.now(), trace, elapsedNanos(), commandTag, masked));
  }

  void abandoned(String why) {
    recorder.abandoned(why);
    session.log(new StatementAbandoned(session.id(), number, session.now(), why));
  }
}
