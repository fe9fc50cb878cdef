package io.pgguard.session;

import io.pgguard.approval.ApprovalStoreException;
import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.guess.Guess;
import io.pgguard.guess.Guesses;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Limits;
import io.pgguard.policy.Verdict;
import io.pgguard.result.RowBounds;
import io.pgguard.wording.LimitWording;
import io.pgguard.wording.Said;
import io.pgguard.wording.SessionWording;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Finds the wording of a decision, with its values. */
final class Answers {
  private Answers() {}

  /** The refusal of a text, from the verdicts that deny. */
  static Refusal denied(List<StatementAnalysis> parts) {
    return refused(denying(parts));
  }

  /** The refusal of a statement by what the planner expects. */
  static Refusal denied(Decision.Deny decision) {
    return refused(
        decision.verdicts().stream().filter(v -> v.outcome() == Verdict.Outcome.DENY).toList());
  }

  private static Refusal refused(List<Verdict> denying) {
    Verdict first = denying.get(0);
    String rule = first.rule();
    String reason = first.reason();
    String others = others(denying);
    String hints = hints(denying);
    if (others.isEmpty()) {
      return Refusal.of(
              hints.isEmpty()
                  ? SessionWording.REFUSED.say(rule, reason)
                  : SessionWording.REFUSED_WITH_WAY_OUT.say(rule, reason, hints))
          .by(rule);
    }
    return Refusal.of(
            hints.isEmpty()
                ? SessionWording.REFUSED_BY_SEVERAL.say(rule, reason, others)
                : SessionWording.REFUSED_BY_SEVERAL_WITH_WAY_OUT.say(rule, reason, others, hints))
        .by(rule);
  }

  /** What is said of a statement whose effect nobody could count. */
  static final Verdict UNCOUNTED =
      new Verdict(
          "guard.effect",
          Verdict.Outcome.DENY,
          SessionWording.UNCOUNTED_EFFECT.say().message(),
          null);

  /** What is said of a statement that changed rows before it ran. */
  static final Verdict AS_PLANNED =
      new Verdict(
          "guard.effect",
          Verdict.Outcome.DENY,
          SessionWording.EFFECT_AS_PLANNED.say().message(),
          null);

  /** The refusal of a statement that changed rows before it ran. */
  static Refusal changedAsPlanned() {
    return Refusal.of(SessionWording.CHANGED_AS_PLANNED.say());
  }

  /** The refusal of what a statement did, which was undone. */
  static Refusal undone(Decision.Deny decision) {
    List<Verdict> denying =
        decision.verdicts().stream().filter(v -> v.outcome() == Verdict.Outcome.DENY).toList();
    Verdict first = denying.get(0);
    String others = others(denying);
    String also = others.isEmpty() ? "" : SessionWording.UNDONE_ALSO.say(others).message();
    String hints = hints(denying);
    return Refusal.of(
            hints.isEmpty()
                ? SessionWording.UNDONE.say(first.rule(), first.reason(), also)
                : SessionWording.UNDONE_WITH_WAY_OUT.say(first.rule(), first.reason(), also, hints))
        .by(first.rule());
  }

  /** The answer while people have not decided on what a statement did, which was undone. */
  static Refusal undoneAndWaiting(String requestId, String why) {
    return Refusal.held(SessionWording.UNDONE_AND_HELD.say(requestId, why), requestId);
  }

  /** The answer where what was approved would not be what runs. */
  static Refusal meantOtherwise() {
    return Refusal.of(SessionWording.MEANT_OTHERWISE.say());
  }

  /** The answer where the server did not tell what a statement did. */
  static Refusal uncounted(String sqlState) {
    boolean transientState = sqlState.startsWith("40") || sqlState.startsWith("57");
    return transientState
        ? Refusal.of(SessionWording.UNCOUNTED_FOR_NOW.say(sqlState), sqlState)
        : Refusal.of(SessionWording.UNCOUNTED.say(sqlState));
  }

  private static List<Verdict> denying(List<StatementAnalysis> parts) {
    List<Verdict> denying = new ArrayList<>();
    for (StatementAnalysis part : parts) {
      if (part.decision() instanceof Decision.Deny) {
        part.decision().verdicts().stream()
            .filter(v -> v.outcome() == Verdict.Outcome.DENY)
            .forEach(denying::add);
      }
    }
    return denying;
  }

  /** What the verdicts behind the first one say; empty where there is none. */
  private static String others(List<Verdict> denying) {
    Set<String> also = new LinkedHashSet<>();
    for (Verdict verdict : denying.subList(1, denying.size())) {
      also.add(verdict.rule() + ": " + verdict.reason());
    }
    return String.join("; ", also);
  }

  private static String hints(List<Verdict> denying) {
    Set<String> hints = new LinkedHashSet<>();
    for (Verdict verdict : denying) {
      if (verdict.hint() != null) {
        hints.add(verdict.hint());
      }
    }
    return String.join(" ", hints);
  }

  /** The answer while people have not decided in time. */
  static Refusal waiting(String requestId, String why) {
    return Refusal.held(SessionWording.HELD.say(requestId, why), requestId);
  }

  /** The answer where people would have approved something else than what would run. */
  static Refusal changedWhileItWaited(String requestId) {
    return Refusal.held(SessionWording.CHANGED_WHILE_HELD.say(requestId), requestId);
  }

  /** The answer where one approval would have to be good for two runs. */
  static Refusal twice() {
    return Refusal.of(SessionWording.TWICE_IN_ONE_TEXT.say());
  }

  /** The answer where people would have to judge values that only come later. */
  static Refusal valuesUnknown() {
    return Refusal.of(SessionWording.VALUES_UNKNOWN.say());
  }

  /** The answer when people said no. */
  static Refusal turnedDown(String requestId, String who) {
    return Refusal.turnedDown(SessionWording.TURNED_DOWN.say(requestId, who), requestId);
  }

  /** The answer where a comparison would be one guess too many. */
  static Refusal tooManyGuesses(Guesses.Count.Over over, Guesses.Budget budget) {
    Guess guess = over.guess();
    String per = words(budget.per());
    String key = guess.use() == Guess.Use.WRITE ? "writes" : "atMost";
    if (over.room().equals(Instant.MAX)) {
      return Refusal.of(
          LimitWording.GUESSES.say(guess.shown(), over.asked(), per, budget.atMost(), key));
    }
    Instant time = over.room().truncatedTo(ChronoUnit.SECONDS);
    return Refusal.of(
        LimitWording.GUESSES_FOR_NOW.say(
            guess.shown(), over.asked(), per, budget.atMost(), key, time));
  }

  /** What is told while a budget of guesses is nearly used up. */
  static ServerMessage guessesNearlyUsedUp(Guess guess, int taken, Guesses.Budget budget) {
    Said said =
        LimitWording.GUESSES_NEARLY.say(guess.shown(), taken, words(budget.per()), budget.atMost());
    return ServerMessage.notice(said);
  }

  private static String words(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** Why a result ends before its end. */
  static Refusal over(RowBounds.Over over, boolean changes) {
    if (over instanceof RowBounds.Over.Value value) {
      return Refusal.of(LimitWording.LONG_VALUE.say(value.most()));
    }
    long most = over instanceof RowBounds.Over.Rows rows ? rows.most() : 0;
    return Refusal.of(
        changes ? LimitWording.MANY_ROWS_OF_CHANGE.say(most) : LimitWording.MANY_ROWS.say(most));
  }

  /** Why a result ends whose policy changed so that the rest of it cannot go on. */
  static Refusal policyChanged() {
    return Refusal.of(SessionWording.POLICY_CHANGED.say());
  }

  /** The answer to a COPY whose rows nobody could count. */
  static Refusal copyCannotBeCounted() {
    return Refusal.of(SessionWording.COPY_NOT_COUNTED.say());
  }

  /** The answer to a COPY whose lines no mask could make safe. */
  static Refusal copyCannotBeMasked(boolean binary) {
    return Refusal.of(
        SessionWording.COPY_NOT_MASKED.say(
            binary ? "binary COPY data" : "this format of COPY data"));
  }

  /** Why a connection ends whose transaction lay idle; the SQLSTATE is PostgreSQL's own for it. */
  static Refusal idleTooLong(Limits limits) {
    return Refusal.of(
        LimitWording.IDLE_TIME.say(
            Objects.requireNonNull(limits.idleTime(), "the limit that was passed").toMillis()));
  }

  /** The answer when nobody can say what names mean. */
  static Refusal noCatalog(CatalogUnavailableException e) {
    return Refusal.of(SessionWording.CATALOG_UNKNOWN.say(String.valueOf(e.getMessage())));
  }

  /** The answer when nobody can say what people decided. */
  static Refusal noApprovals(ApprovalStoreException e) {
    return Refusal.of(SessionWording.APPROVALS_UNKNOWN.say(String.valueOf(e.getMessage())));
  }
}
