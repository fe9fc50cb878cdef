package io.pgguard.session;

import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.Meaning;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets texts run that nothing stops: logs them, and makes what watches their effect. Used by the
 * session's thread.
 */
final class Granting {
  private final LiveSession session;
  private final Gate gate;
  private final StatementJournal journal;
  private final Holding holding;
  private final EffectApprovals approvals;

  Granting(
      LiveSession session,
      Gate gate,
      StatementJournal journal,
      Holding holding,
      EffectApprovals approvals) {
    this.session = session;
    this.gate = gate;
    this.journal = journal;
    this.holding = holding;
    this.approvals = approvals;
  }

  /** Nothing of a text runs before all of its entries are where the configuration wants them. */
  Awaited<Ruling> granted(TextPlan text, List<ParameterValue> values, boolean asksBeforeTheEnd) {
    return granted(text, values, asksBeforeTheEnd, null, null);
  }

  /**
   * The same of a text that runs in place of another.
   *
   * @param more what the log says of it beside the rules' verdicts
   */
  Awaited<Ruling> granted(
      TextPlan text,
      List<ParameterValue> values,
      boolean asksBeforeTheEnd,
      @Nullable Verdict more,
      Ruling.@Nullable Instead instead) {
    List<StatementJournal.Entry> entries = new ArrayList<>(text.parts().size());
    try {
      Meaning meaning = session.meaning(text);
      for (StatementAnalysis part : text.parts()) {
        entries.add(journal.decided(text, part, values, session.intent(), meaning, more));
      }
    } catch (AuditUnavailableException e) {
      return Awaited.now(unlogged(entries, e));
    }
    return entries.isEmpty()
        ? Awaited.now(new Ruling.Granted(List.of(), gate.notices(), instead))
        : journal
            .onDisk(entries)
            .then(
                failure ->
                    failure.isPresent()
                        ? unlogged(entries, failure.get())
                        : logged(text, values, entries, asksBeforeTheEnd, instead));
  }

  private Ruling unlogged(List<StatementJournal.Entry> entries, AuditUnavailableException e) {
    Refusal refusal = gate.unlogged(e);
    StatementJournal.failed(entries, refusal);
    return new Ruling.Refused(refusal);
  }

  private Ruling logged(
      TextPlan text,
      List<ParameterValue> values,
      List<StatementJournal.Entry> entries,
      boolean asksBeforeTheEnd,
      Ruling.@Nullable Instead instead) {
    List<StatementRun> runs = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      StatementJournal.Entry entry = entries.get(i);
      session.underWay().begins(text.parts().get(i), text.perspective());
      session.currency().runs(text, i, asksBeforeTheEnd);
      LiveRun run = new LiveRun(session, entry.number(), text, i, entry.recorder());
      int index = i;
      run.watched(now -> effect(run, now, index, values));
      runs.add(run);
    }
    session.goesOn(text);
    return new Ruling.Granted(runs, gate.notices(), instead);
  }

  /** A text that people have approved by what it did runs again, if it still means the same. */
  private Awaited<Ruling> again(TextPlan text, Meaning meaning, List<ParameterValue> values) {
    return session.isCurrent(new PlannedText(text)) && session.stillMeans(text, meaning)
        ? granted(text, values, false)
        : Awaited.now(new Ruling.Refused(gate.refused(Answers.meantOtherwise())));
  }

  private @Nullable Effect effect(
      LiveRun run, TextPlan text, int index, List<ParameterValue> values) {
    StatementAnalysis part = text.parts().get(index);
    if (!part.watched() || text.observed()) {
      return null;
    }
    Meaning meaning = session.meaning(text);
    EffectRuling ruling =
        new EffectRuling(
            session,
            gate,
            approvals,
            holding,
            text,
            meaning,
            index,
            values,
            session.intent(),
            () -> again(text, meaning, values));
    return new Effect(run, part, session.inTransaction(), ruling);
  }
}
