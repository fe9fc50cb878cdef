package io.pgguard.session;

import io.pgguard.audit.AuditLog.Announces;
import io.pgguard.audit.LoggedValue;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Verdict;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.recording.StatementRecorder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers a session's statements and writes what was decided of each to the audit log and to the
 * recording. Used by the session's thread; an entry that the log refuses is thrown on, so that
 * nothing runs without it.
 */
final class StatementJournal {
  private final SessionServices services;
  private final String session;
  private final SessionRecorder recorder;
  private long count;

  StatementJournal(SessionServices services, String session, SessionRecorder recorder) {
    this.services = services;
    this.session = session;
    this.recorder = recorder;
  }

  /**
   * A statement whose decision is logged.
   *
   * @param number its number in the session, from 1
   * @param recorder takes its answer
   */
  record Entry(long number, StatementRecorder recorder) {}

  /** How many statements have a number. */
  long count() {
    return count;
  }

  /** A statement was decided, and is to run or to be refused. */
  Entry decided(
      TextPlan text,
      StatementAnalysis part,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning) {
    List<LoggedValue> logged = logged(values);
    long number = ++count;
    List<Verdict> verdicts = part.decision().verdicts();
    append(
        new StatementDecided(
            session,
            number,
            services.clock().instant(),
            intent,
            part.text(),
            logged,
            List.copyOf(part.facts().policyWords()),
            part.outcome(),
            verdicts,
            List.of(),
            text.perspective().policy().hash(),
            Long.toHexString(text.perspective().catalog().fingerprint()),
            meaning.hex(),
            part.layer()),
        announces(part));
    return new Entry(
        number,
        recorder.statement(
            number, part.text(), logged, intent, part.outcome(), verdicts, meaning.hex()));
  }

  /** A text that does not run: all its statements get the same answer. */
  void refused(
      TextPlan text,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning,
      Refusal why) {
    if (text.unreadable() != null) {
      unreadable(text, values, intent, meaning, why);
    }
    for (StatementAnalysis part : text.parts()) {
      decided(text, part, values, intent, meaning)
          .recorder()
          .failed(why.asServerMessage().fields());
    }
  }

  private void unreadable(
      TextPlan text,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning,
      Refusal why) {
    append(
        new StatementDecided(
            session,
            ++count,
            services.clock().instant(),
            intent,
            text.text(),
            logged(values),
            List.of(),
            Verdict.Outcome.DENY,
            List.of(new Verdict("guard.lexical", Verdict.Outcome.DENY, why.message(), null)),
            List.of(),
            text.perspective().policy().hash(),
            Long.toHexString(text.perspective().catalog().fingerprint()),
            meaning.hex(),
            "tokens"),
        Announces.NOTHING);
  }

  private void append(StatementDecided event, Announces announces) {
    services.audit().append(event, announces);
  }

  private static Announces announces(StatementAnalysis part) {
    return switch (part.facts().effect()) {
      case READ, SESSION, TRANSACTION, CURSOR, PREPARED -> Announces.NOTHING;
      default -> Announces.EFFECT;
    };
  }

  static List<LoggedValue> logged(List<ParameterValue> values) {
    List<LoggedValue> logged = new ArrayList<>(values.size());
    for (ParameterValue value : values) {
      logged.add(LoggedValue.of(value.typeOid(), value.binary(), value.bytes()));
    }
    return logged;
  }
}
