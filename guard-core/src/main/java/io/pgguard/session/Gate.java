package io.pgguard.session;

import io.pgguard.audit.AuditUnavailableException;
import io.pgguard.memory.SessionSettings;
import io.pgguard.plan.TextPlan;
import io.pgguard.plan.Unreadable;
import io.pgguard.wording.SessionWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the texts of one session may run, and why one does not: the policy's word, and what
 * people said. Every answer is logged. Used by the session's thread.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final LiveSession session;
  private final Holding holding;
  private final HoldingTogether together;
  private final GuessCounting guesses;
  private final StatementJournal journal;
  private @Nullable Refusal lastRefusal;
  private List<ServerMessage> notices = List.of();
  private HoldingTogether.@Nullable Withheld withheld;

  Gate(
      LiveSession session,
      Holding holding,
      HoldingTogether together,
      GuessCounting guesses,
      StatementJournal journal) {
    this.session = session;
    this.guesses = guesses;
    this.holding = holding;
    this.together = together;
    this.journal = journal;
  }

  /** Why the text that was last asked for does not run; empty when it does. */
  Optional<Refusal> lastRefusal() {
    return Optional.ofNullable(lastRefusal);
  }

  /** What the client is told of the text that was last asked for, beside its results. */
  List<ServerMessage> notices() {
    return notices;
  }

  /** A text is asked for. */
  void asked() {
    lastRefusal = null;
    notices = List.of();
  }

  /** The refusal of a plan that no value can save, logged. */
  Optional<Refusal> refuse(StatementPlan plan, @Nullable String intent) {
    if (plan instanceof UnplannedText unplanned) {
      return Optional.of(refused(unplanned.refusal()));
    }
    TextPlan text = ((PlannedText) plan).plan();
    Refusal over = session.asker().over(text);
    if (over != null) {
      return Optional.of(refuse(text, List.of(), intent, over).await());
    }
    Awaited<Refusal> held = withheld(text, intent);
    if (held != null) {
      return Optional.of(held.await());
    }
    if (!text.denied()) {
      return Optional.empty();
    }
    return Optional.of(refuse(text, List.of(), intent, why(text)).await());
  }

  /**
   * Holds texts that will be sent one after the other as one until each may run.
   *
   * @return the one to send alone, since it will be refused; empty when all may be sent
   */
  Optional<StatementPlan> hold(
      List<StatementPlan> plans, boolean parameters, @Nullable String intent) {
    List<HoldingTogether.Asked> held = new ArrayList<>();
    SessionSettings settings = session.settings().copy();
    for (StatementPlan plan : plans) {
      if (plan.denied() && plan instanceof PlannedText planned) {
        TextPlan text = planned.plan();
        withheld = new HoldingTogether.Withheld(text, why(text));
        return Optional.of(planned);
      }
      if (plan.awaitsApproval() && plan instanceof PlannedText planned) {
        TextPlan text = planned.plan();
        held.add(new HoldingTogether.Asked(text, session.meaning(text, settings)));
      }
      if (plan instanceof PlannedText planned) {
        planned
            .plan()
            .parts()
            .forEach(part -> part.facts().setting().ifPresent(settings::completed));
      }
    }
    if (held.isEmpty() || (held.size() == 1 && plans.get(0).awaitsApproval())) {
      return Optional.empty(); // nothing runs before it
    }
    session.waits();
    withheld =
        parameters
            ? new HoldingTogether.Withheld(held.get(0).plan(), Answers.valuesUnknown())
            : together.holdAll(session, held, intent).orElse(null);
    return Optional.ofNullable(withheld).map(one -> new PlannedText(one.plan()));
  }

  /** The refusal of a text that {@link #hold} withheld, once and logged; null for none. */
  private @Nullable Awaited<Refusal> withheld(TextPlan text, @Nullable String intent) {
    HoldingTogether.Withheld held = withheld;
    if (held == null || !withholds(text)) {
      return null;
    }
    withheld = null;
    return refuse(held.plan(), List.of(), intent, held.why());
  }

  /** Whether {@link #hold} withheld the text, whose refusal it has not told. */
  boolean withholds(TextPlan text) {
    HoldingTogether.Withheld held = withheld;
    return held != null && held.plan().text().equals(text.text());
  }

  /**
   * Why a text does not run with these values, logged; empty when it may run. Comes when people
   * have decided.
   *
   * @param masked the masks that it would store; null for none
   * @param told what the client is told where it runs
   */
  Awaited<Optional<Refusal>> stop(
      TextPlan text,
      List<ParameterValue> values,
      @Nullable String intent,
      @Nullable MaskedWrite masked,
      List<ServerMessage> told) {
    Refusal over = session.asker().over(text);
    if (over != null) {
      return refuse(text, values, intent, over).then(Optional::of);
    }
    Awaited<Refusal> before = withheld(text, intent);
    if (before != null) {
      return before.then(Optional::of);
    }
    if (text.denied()) {
      return refuse(text, values, intent, why(text)).then(Optional::of);
    }
    try {
      if (masked != null) {
        return refuse(text, values, intent, masked.refusal()).then(Optional::of);
      }
      GuessCounting.Told count = guesses.count(text, values, session.settings(), session.now());
      notices = count.with(told);
      if (count.refusal() != null) {
        return refuse(text, values, intent, count.refusal()).then(Optional::of);
      }
      if (text.observed() || text.approvals().isEmpty()) {
        return Awaited.now(Optional.empty());
      }
      return holding
          .hold(session, text, values, intent, journal.count() + 1)
          .thenAwait(held -> afterHolding(held, text, values, intent));
    } catch (AuditUnavailableException e) {
      return Awaited.now(Optional.of(unlogged(e)));
    }
  }

  private Awaited<Optional<Refusal>> afterHolding(
      Supplier<Optional<Refusal>> held,
      TextPlan text,
      List<ParameterValue> values,
      @Nullable String intent) {
    try {
      Refusal over = session.asker().over(text); // it may have expired while people decided
      TextPlan late = over == null ? session.stoppedSince(text) : null;
      if (late != null) {
        over = why(late);
      }
      Optional<Refusal> refusal = over == null ? held.get() : Optional.of(over);
      return refusal.isPresent()
          ? refuse(text, values, intent, refusal.get()).then(Optional::of)
          : Awaited.now(Optional.empty());
    } catch (AuditUnavailableException e) {
      return Awaited.now(Optional.of(unlogged(e)));
    }
  }

  private Awaited<Refusal> refuse(
      TextPlan text, List<ParameterValue> values, @Nullable String intent, Refusal why) {
    try {
      return journal
          .refused(text, values, intent, session.meaning(text), why)
          .then(failure -> failure.map(this::unlogged).orElseGet(() -> refused(why)));
    } catch (AuditUnavailableException e) {
      return Awaited.now(unlogged(e));
    }
  }

  private static Refusal why(TextPlan denied) {
    Unreadable unreadable = denied.unreadable();
    if (unreadable != null) {
      return Refusal.of(unreadable.said());
    }
    Refusal refusal = Answers.denied(denied.parts());
    return denied.perspective().parsingMayRun()
        ? refusal
        : Trial.of(denied.text(), denied.parts()).map(refusal::unless).orElse(refusal);
  }

  /** The answer where the log takes no entry. */
  Refusal unlogged(AuditUnavailableException e) {
    LOG.error("session {}: the audit log takes no entries", session.id(), e);
    return refused(Refusal.of(SessionWording.NOT_LOGGED.say(String.valueOf(e.getMessage()))));
  }

  /** Remembers a refusal as the session's last. */
  Refusal refused(Refusal refusal) {
    lastRefusal = refusal;
    return refusal;
  }
}
