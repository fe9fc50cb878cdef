package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.guess.Guess;
import io.pgguard.guess.Guesses;
import io.pgguard.judge.KeyGuesses;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.memory.SessionSettings;
import io.pgguard.memory.SettingMoves;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.GuessBudget;
import io.pgguard.policy.Inference;
import io.pgguard.policy.Policy;
import io.pgguard.statement.Effect;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a text that is to run compares protected columns with, and says when the policy's
 * budget is used up, and before. Used by a session's thread.
 */
final class GuessCounting {
  /** From this part of a budget on the agent is told how much is left. */
  private static final double NEAR = 0.8;

  private final Guesses guesses;
  private final String principal;
  private final String database;
  private final String session;
  private long runs;

  /**
   * @param principal who guesses
   * @param database where, so that columns of two databases are two
   * @param session what no other session is called
   */
  GuessCounting(Guesses guesses, String principal, String database, String session) {
    this.guesses = guesses;
    this.principal = principal;
    this.database = database;
    this.session = session;
  }

  /**
   * What to tell of the count.
   *
   * @param refusal why the text does not run, or null
   * @param notice how much of a budget is left, or null
   */
  record Told(@Nullable Refusal refusal, @Nullable ServerMessage notice) {
    static final Told NOTHING = new Told(null, null);

    /** All that the client is told, where other things are told too. */
    List<ServerMessage> with(List<ServerMessage> others) {
      if (notice == null) {
        return others;
      }
      List<ServerMessage> all = new ArrayList<>(others);
      all.add(notice);
      return all;
    }
  }

  /**
   * Counts the guesses of a text; none of them where one is too many.
   *
   * @param settings the session's, by which a constant may be read
   */
  Told count(TextPlan text, List<ParameterValue> values, SessionSettings settings, Instant now) {
    Policy policy = text.perspective().policy();
    if (text.observed() || policy.inference() != Inference.EQUALITY || !mayGuess(text)) {
      return Told.NOTHING;
    }
    GuessBudget budget = policy.guesses();
    Told told = Told.NOTHING;
    runs++;
    for (Guess.Use use : Guess.Use.values()) {
      Set<Guess> found = new LinkedHashSet<>();
      SessionSettings then = settings.copy();
      boolean moved = false;
      for (StatementAnalysis part : text.parts()) {
        moved |= SettingMoves.mayBe(part, prepared(part.facts(), text.perspective()));
        if (use(part) == use) {
          GuessedConstants constants =
              new GuessedConstants(
                  part,
                  text.perspective(),
                  prepared(part.facts(), text.perspective()),
                  values,
                  moved ? thisRun() : then.text(),
                  thisRun());
          add(part, constants, use, found);
        }
        part.facts().setting().ifPresent(then::completed);
      }
      if (!found.isEmpty()) {
        int most = use == Guess.Use.WRITE ? budget.writes() : budget.atMost();
        Guesses.Budget given = new Guesses.Budget(most, budget.per());
        Told one = told(guesses.count(principal, List.copyOf(found), given, now), given);
        if (one.refusal() != null) {
          return one;
        }
        told = one.notice() == null ? told : one;
      }
    }
    return told;
  }

  /**
   * Whether a text may hold a guess: it writes, or compares something protected with a constant.
   */
  private static boolean mayGuess(TextPlan text) {
    for (StatementAnalysis part : text.parts()) {
      if (use(part) == Guess.Use.WRITE) {
        return true;
      }
      if (part.lineage() instanceof Lineage.Known known && !known.influences().isEmpty()) {
        for (Influence influence : known.influences()) {
          if (isEquality(part, influence)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isEquality(StatementAnalysis part, Influence influence) {
    return influence.kind() == Influence.Kind.EQUALITY
        && part.protections().of(influence.relationOid(), influence.number()).isPresent();
  }

  private static Guess.Use use(StatementAnalysis part) {
    StatementFacts facts = part.facts();
    boolean changes =
        part.lineage() instanceof Lineage.Known known && !known.writesRelations().isEmpty();
    return facts.effect() == Effect.WRITE || facts.dataModifyingWith() || changes
        ? Guess.Use.WRITE
        : Guess.Use.READ;
  }

  /** What no other run has: the same text guesses something else each time. */
  private String thisRun() {
    return session + ":" + runs;
  }

  private void add(
      StatementAnalysis part, GuessedConstants constants, Guess.Use use, Set<Guess> found) {
    if (part.facts().kind() == StatementKind.PREPARE) {
      return; // it runs with EXECUTE
    }
    List<Influence> all = new ArrayList<>();
    if (use == Guess.Use.WRITE) {
      all.addAll(KeyGuesses.of(part, constants.perspective()));
    }
    if (part.lineage() instanceof Lineage.Known known) {
      all.addAll(known.influences()); // what cannot be followed is refused where it could tell
    }
    for (Influence influence : all) {
      if (isEquality(part, influence)) {
        String column = database + "/" + influence.relationOid() + "." + influence.number();
        String shown = shown(influence, constants.perspective().catalog());
        for (String constant : constants.of(influence)) {
          found.add(new Guess(column, shown, use, constant));
        }
      }
    }
  }

  private static String shown(Influence influence, Catalog catalog) {
    return catalog
        .relation(influence.relationOid())
        .flatMap(
            relation ->
                relation
                    .column(influence.number())
                    .map(column -> relation.qualifiedName() + "." + column.name()))
        .orElse("a protected column");
  }

  /** Of EXECUTE what was prepared; null where that is not known, and for all else. */
  private static @Nullable StatementAnalysis prepared(
      StatementFacts facts, Perspective perspective) {
    return facts.kind() == StatementKind.EXECUTE
        ? facts.statementName().map(perspective.prepared()::get).orElse(null)
        : null;
  }

  private static Told told(Guesses.Count count, Guesses.Budget budget) {
    if (count instanceof Guesses.Count.Over over) {
      return new Told(Answers.tooManyGuesses(over, budget), null);
    }
    int taken = ((Guesses.Count.Within) count).taken();
    return taken >= budget.atMost() * NEAR
        ? new Told(null, Answers.guessesNearlyUsedUp(count.guess(), taken, budget))
        : Told.NOTHING;
  }
}
