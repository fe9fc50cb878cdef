package io.pgguard.session;

import io.pgguard.catalog.CatalogUnavailableException;
import io.pgguard.guess.Guess;
import io.pgguard.guess.Guesses;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.plan.Unreadable;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Limits;
import io.pgguard.policy.Verdict;
import io.pgguard.result.RowBounds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a decision into words that a model can act on. */
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
    String message = "Guard refused this statement (rule " + first.rule() + "): " + first.reason();
    return new Refusal("42501", message, others(denying), hints(denying), null);
  }

  /** What is said of a statement whose effect nobody could count. */
  static final Verdict UNCOUNTED =
      new Verdict(
          "guard.effect",
          Verdict.Outcome.DENY,
          "Guard's questions about what it did were not answered",
          null);

  /** The refusal of what a statement did, which was undone. */
  static Refusal undone(Decision.Deny decision) {
    List<Verdict> denying =
        decision.verdicts().stream().filter(v -> v.outcome() == Verdict.Outcome.DENY).toList();
    Verdict first = denying.get(0);
    String others = others(denying);
    return new Refusal(
        "42501",
        "Guard undid this statement (rule " + first.rule() + "): " + first.reason(),
        "Nothing of it remains." + (others == null ? "" : " " + others),
        hints(denying),
        null);
  }

  /** The answer while people have not decided on what a statement did, which was undone. */
  static Refusal undoneAndWaiting(String requestId, String why) {
    return new Refusal(
        "42501",
        "Guard undid this statement and holds it for approval (request " + requestId + "): " + why,
        "Nothing of it remains. People were asked; they have not decided yet.",
        "Run exactly the same statement with the same values again after request "
            + requestId
            + " was granted. It then runs once.",
        requestId);
  }

  /** The answer where what was approved would not be what runs. */
  static Refusal meantOtherwise() {
    return new Refusal(
        "42501",
        "The policy or the catalog has changed since Guard undid this statement",
        "Nothing of it remains.",
        "Run it again, to be judged by what holds now.",
        null);
  }

  /** The answer where the server did not tell what a statement did. */
  static Refusal uncounted(String sqlState) {
    boolean transientState = sqlState.startsWith("40") || sqlState.startsWith("57");
    return new Refusal(
        transientState ? sqlState : "42501",
        "Guard undid this statement: the server did not answer how many rows it had changed",
        "Nothing of it remains. SQLSTATE of the server's answer: " + sqlState + ".",
        "The role must be able to read the relation that it changes. Run it again, or change fewer"
            + " relations in one statement.",
        null);
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

  private static @Nullable String others(List<Verdict> denying) {
    Set<String> also = new LinkedHashSet<>();
    for (Verdict verdict : denying.subList(1, denying.size())) {
      also.add(verdict.rule() + ": " + verdict.reason());
    }
    return also.isEmpty() ? null : "Also refused by " + String.join("; ", also);
  }

  private static String hints(List<Verdict> denying) {
    Set<String> hints = new LinkedHashSet<>();
    for (Verdict verdict : denying) {
      if (verdict.hint() != null) {
        hints.add(verdict.hint());
      }
    }
    return hints.isEmpty()
        ? "Nothing was run. Change the statement as said, or ask the people who keep the policy."
        : String.join(" ", hints);
  }

  /** The answer while people have not decided in time. */
  static Refusal waiting(String requestId, String why) {
    return new Refusal(
        "42501",
        "Guard holds this statement for approval (request " + requestId + "): " + why,
        "Nothing was run. People were asked; they have not decided yet.",
        "Run exactly the same statement with the same values again after request "
            + requestId
            + " was granted. It then runs once.",
        requestId);
  }

  /** The answer where people would have approved something else than what would run. */
  static Refusal changedWhileItWaited(String requestId) {
    return new Refusal(
        "42501",
        "What this statement means changed while it waited for approval (request "
            + requestId
            + "): the search path, a setting, a prepared statement, or a definition that it uses",
        "Nothing was run.",
        "Run it again: people are then asked about what it means now.",
        requestId);
  }

  /** The answer where one approval would have to be good for two runs. */
  static Refusal twice() {
    return new Refusal(
        "42501",
        "The same statement stands in this text twice, and each run of it needs an approval of its own",
        "Nothing was run.",
        "Run the two one after the other, as texts of their own.",
        null);
  }

  /** The answer where people would have to judge values that only come later. */
  static Refusal valuesUnknown() {
    return new Refusal(
        "42501",
        "A statement of this text needs approval, and its values are not known until those before it have run",
        "Nothing was run.",
        "Run it as a text of its own, or write the values into the text.",
        null);
  }

  /** The answer when people said no. */
  static Refusal turnedDown(String requestId, String why) {
    return new Refusal(
        "42501",
        "The approval of this statement was refused (request " + requestId + "): " + why,
        "Nothing was run.",
        "Do not run it again as it is; ask the person who refused what to change.",
        requestId);
  }

  /** The answer to a text that does not lex. */
  static Refusal unreadable(Unreadable why) {
    return new Refusal(why.sqlState(), why.message(), why.detail(), why.hint(), null);
  }

  /** The answer where a comparison would be one guess too many. */
  static Refusal tooManyGuesses(Guesses.Count.Over over, Guesses.Budget budget) {
    Guess guess = over.guess();
    return new Refusal(
        "42501",
        "Guard refused this statement (rule guard.inference): it compares "
            + guess.shown()
            + ", which is protected, with constant number "
            + over.asked()
            + " within "
            + words(budget.per())
            + "; the policy lets "
            + budget.atMost()
            + " different ones pass (inference: equality: "
            + (guess.use() == Guess.Use.WRITE ? "writes" : "atMost")
            + ")",
        "Nothing was run. Constants that this column was compared with before are still free.",
        over.room().equals(Instant.MAX)
            ? "Compare it with fewer constants."
            : "Compare it with fewer constants, or wait until "
                + over.room().truncatedTo(ChronoUnit.SECONDS)
                + ", when the oldest one no longer counts.",
        null);
  }

  /** What is told while a budget of guesses is nearly used up. */
  static ServerMessage guessesNearlyUsedUp(Guess guess, int taken, Guesses.Budget budget) {
    Map<Character, String> fields = new LinkedHashMap<>();
    fields.put('S', "NOTICE");
    fields.put('V', "NOTICE");
    fields.put('C', "01000");
    fields.put(
        'M',
        "Guard: "
            + guess.shown()
            + " was compared with "
            + taken
            + " different constants within "
            + words(budget.per())
            + "; the policy lets "
            + budget.atMost()
            + " pass");
    fields.put('H', "Repeating one of them is free.");
    return new ServerMessage(fields);
  }

  private static String words(Duration time) {
    return time.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /** Why a result ends before its end. */
  static Refusal over(RowBounds.Over over) {
    if (over instanceof RowBounds.Over.Value value) {
      return new Refusal(
          "54000",
          "A value of this result is longer than "
              + value.most()
              + " bytes, which is the most that the policy lets one value have (limits: valueBytes).",
          "The rows before it were delivered; then the statement was ended.",
          "Leave the column out, or take a part of it, such as left(column, 100).",
          null);
    }
    long most = over instanceof RowBounds.Over.Rows rows ? rows.most() : 0;
    return new Refusal(
        "54000",
        "This statement brings more than "
            + most
            + " rows, which is the most that the policy allows.",
        "The first " + most + " rows were delivered; then it was ended.",
        "Add a LIMIT or a narrower WHERE clause, or aggregate in SQL.",
        null);
  }

  /** Why a result ends whose policy changed so that the rest of it cannot go on. */
  static Refusal policyChanged() {
    return new Refusal(
        "42501",
        "The policy changed while this result was open, and the rest of it may not go out as it began",
        "The rows before the change were delivered; then the statement was ended.",
        "Run the statement again: it is then judged by the policy in force.",
        null);
  }

  /** The answer to a COPY whose rows nobody could count. */
  static Refusal copyCannotBeCounted() {
    return new Refusal(
        "42501",
        "Guard refused this COPY (rule guard.copy): the policy limits its rows or values, or looks"
            + " for sensitive content in them, and rows of this format cannot be told apart",
        "No row was sent.",
        "Use the text, csv or binary format with default separators, or a plain SELECT.",
        null);
  }

  /** The answer to a COPY whose lines no mask could make safe. */
  static Refusal copyCannotBeMasked(boolean binary) {
    return new Refusal(
        "42501",
        "Guard refused this COPY (rule guard.copy): columns of it are protected, and "
            + (binary ? "binary COPY data" : "this format of COPY data")
            + " cannot be masked",
        "No row was sent.",
        "Use the text or csv format with its default separators, or a plain SELECT.",
        null);
  }

  /** Why a connection ends whose transaction lay idle; the SQLSTATE is PostgreSQL's own for it. */
  static Refusal idleTooLong(Limits limits) {
    return new Refusal(
        "25P03",
        "a transaction may lie idle for "
            + Objects.requireNonNull(limits.idleTime(), "the limit that was passed").toMillis()
            + " ms (ten times limits: statementTime of the policy); this one was rolled back, and"
            + " its locks are free. Connect again, and end each transaction before you think on",
        null,
        null,
        null);
  }

  /** The answer when nobody can say what names mean. */
  static Refusal noCatalog(CatalogUnavailableException e) {
    return unable("58000", "Guard cannot read the database's catalog: " + e.getMessage());
  }

  /** The answer when Guard itself cannot do its work. */
  static Refusal unable(String sqlState, String message) {
    return new Refusal(
        sqlState,
        message,
        "Nothing was run: Guard runs no statement that it cannot judge and log.",
        "Try again later, or ask the operator of Guard.",
        null);
  }
}
