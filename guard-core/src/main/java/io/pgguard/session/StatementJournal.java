package io.pgguard.session;

import io.pgguard.audit.AuditLog.Announces;
import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.audit.Forcing;
import io.pgguard.audit.LoggedValue;
import io.pgguard.audit.StatementEvent.StatementAbandoned;
import io.pgguard.audit.StatementEvent.StatementDecided;
import io.pgguard.catalog.Catalog;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Verdict;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.recording.StatementRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** The last catalog that something was decided by, and how the log names it. */
  private @Nullable Catalog catalogSeen;

  private String catalogVersion = "";

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
   * @param forcing its way to the disk, which comes before anything of it runs
   */
  record Entry(long number, StatementRecorder recorder, Forcing forcing) {}

  /** How many statements have a number. */
  long count() {
    return count;
  }

  /**
   * A statement was decided, and is to run.
   *
   * @param more what is said of it beside the rules' verdicts, or null
   */
  Entry decided(
      TextPlan text,
      StatementAnalysis part,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning,
      @Nullable Verdict more) {
    return decided(text, part, values, intent, meaning, announces(part), more);
  }

  private Entry decided(
      TextPlan text,
      StatementAnalysis part,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning,
      Announces announces,
      @Nullable Verdict more) {
    List<LoggedValue> logged = logged(values);
    long number = ++count;
    List<Verdict> verdicts = part.decision().verdicts();
    if (more != null) {
      verdicts = new ArrayList<>(verdicts);
      verdicts.add(more);
    }
    Forcing forcing =
        begin(
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
                catalogVersion(text.perspective().catalog()),
                meaning.hex(),
                part.layer()),
            announces);
    return new Entry(
        number,
        recorder.statement(
            number,
            part.text(),
            logged,
            intent,
            part.outcome(),
            verdicts,
            meaning.hex(),
            part.touched().text()),
        forcing);
  }

  /**
   * Comes when statements that were decided may run.
   *
   * @param entries in order; not empty
   */
  Awaited<Optional<AuditUnavailableException>> onDisk(List<Entry> entries) {
    Forcing last = entries.get(0).forcing();
    for (Entry entry : entries) {
      if (!entry.forcing().isOver()) {
        last = entry.forcing(); // what is before it gets there with it
      }
    }
    return new OnDisk(last, why -> abandoned(entries, why));
  }

  private void abandoned(List<Entry> entries, String why) {
    for (Entry entry : entries) {
      entry.recorder().abandoned(why);
      services
          .audit()
          .append(new StatementAbandoned(session, entry.number(), services.clock().instant(), why));
    }
  }

  /** Statements that were decided do not run after all. */
  static void failed(List<Entry> entries, Refusal why) {
    entries.forEach(entry -> entry.recorder().failed(why.asServerMessage().fields()));
  }

  /**
   * A text that does not run: all its statements get the same answer, which may be told once that
   * comes. Nothing follows from it that would wait for the disk, unless every entry does.
   */
  Awaited<Optional<AuditUnavailableException>> refused(
      TextPlan text,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning,
      Refusal why) {
    Forcing last =
        text.unreadable() == null ? null : unreadable(text, values, intent, meaning, why);
    for (StatementAnalysis part : text.parts()) {
      Entry entry = decided(text, part, values, intent, meaning, Announces.NOTHING, null);
      entry.recorder().failed(why.asServerMessage().fields());
      last = entry.forcing();
      if (part.outcome()
          == Verdict.Outcome.ALLOW) { // what it was decided to be is not what follows
        services
            .audit()
            .append(
                new StatementAbandoned(
                    session, entry.number(), services.clock().instant(), why.message()));
      }
    }
    return last == null ? Awaited.now(Optional.empty()) : new OnDisk(last, dropped -> {});
  }

  private Forcing unreadable(
      TextPlan text,
      List<ParameterValue> values,
      @Nullable String intent,
      Meaning meaning,
      Refusal why) {
    return begin(
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
            catalogVersion(text.perspective().catalog()),
            meaning.hex(),
            "tokens"),
        Announces.NOTHING);
  }

  private Forcing begin(StatementDecided event, Announces announces) {
    return services.audit().begin(event, announces);
  }

  private static Announces announces(StatementAnalysis part) {
    return switch (part.facts().effect()) {
      case READ, SESSION, TRANSACTION, CURSOR, PREPARED -> Announces.NOTHING;
      default -> Announces.EFFECT;
    };
  }

  private String catalogVersion(Catalog catalog) {
    if (catalog != catalogSeen) {
      catalogSeen = catalog;
      catalogVersion = Long.toHexString(catalog.fingerprint());
    }
    return catalogVersion;
  }

  static List<LoggedValue> logged(List<ParameterValue> values) {
    List<LoggedValue> logged = new ArrayList<>(values.size());
    for (ParameterValue value : values) {
      logged.add(LoggedValue.of(value.typeOid(), value.binary(), value.bytes()));
    }
    return logged;
  }
}
