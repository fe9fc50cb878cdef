package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.guess.Guess;
import io.pgguard.guess.Guesses;
import io.pgguard.judge.KeyGuesses;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Influence;
import io.pgguard.lineage.Lineage;
import io.pgguard.plan.TextPlan;
import io.pgguard.policy.GuessBudget;
import io.pgguard.policy.Inference;
import io.pgguard.policy.Policy;
import io.pgguard.statement.Effect;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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

  /**
   * @param principal who guesses
   * @param database where, so that columns of two databases are two
   */
  GuessCounting(Guesses guesses, String principal, String database) {
    this.guesses = guesses;
    this.principal = principal;
    this.database = database;
  }

  /**
   * What to tell of the count.
   *
   * @param refusal why the text does not run, or null
   * @param notice how much of a budget is left, or null
   */
  record Told(@Nullable Refusal refusal, @Nullable ServerMessage notice) {
    static final Told NOTHING = new Told(null, null);
  }

  /** Counts the guesses of a text; none of them where one is too many. */
  Told count(TextPlan text, List<ParameterValue> values, Instant now) {
    Policy policy = text.perspective().policy();
    if (text.observed() || policy.inference() != Inference.EQUALITY) {
      return Told.NOTHING;
    }
    GuessBudget budget = policy.guesses();
    Told told = Told.NOTHING;
    for (Guess.Use use : Guess.Use.values()) {
      Set<Guess> found = new LinkedHashSet<>();
      for (StatementAnalysis part : text.parts()) {
        if (use(part) == use) {
          add(part, text.perspective(), values, use, found);
        }
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

  private static Guess.Use use(StatementAnalysis part) {
    StatementFacts facts = part.facts();
    boolean changes =
        part.lineage() instanceof Lineage.Known known && !known.writesRelations().isEmpty();
    return facts.effect() == Effect.WRITE || facts.dataModifyingWith() || changes
        ? Guess.Use.WRITE
        : Guess.Use.READ;
  }

  private void add(
      StatementAnalysis part,
      Perspective perspective,
      List<ParameterValue> values,
      Guess.Use use,
      Set<Guess> found) {
    if (part.facts().kind() == StatementKind.PREPARE) {
      return; // it runs with EXECUTE
    }
    List<Influence> all = new ArrayList<>();
    if (use == Guess.Use.WRITE) {
      all.addAll(KeyGuesses.of(part, perspective));
    }
    if (part.lineage() instanceof Lineage.Known known) {
      all.addAll(known.influences()); // what cannot be followed is refused where it could tell
    }
    for (Influence influence : all) {
      if (influence.kind() == Influence.Kind.EQUALITY
          && part.protections().of(influence.relationOid(), influence.number()).isPresent()) {
        String column = database + "/" + influence.relationOid() + "." + influence.number();
        String shown = shown(influence, perspective.catalog());
        for (String constant : constants(influence, part, perspective, values)) {
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

  /** What a column is compared with; the statement's own text where nobody can tell. */
  private static List<String> constants(
      Influence influence,
      StatementAnalysis part,
      Perspective perspective,
      List<ParameterValue> values) {
    StatementFacts written = written(part.facts(), perspective);
    List<String> constants = new ArrayList<>(1);
    for (Influence.Guess guess : influence.guesses()) {
      constants.add(
          guess.parameter()
              ? bound(guess.text(), part, perspective.catalog(), values)
              : guess.token() < 0
                  ? guess.text()
                  : guess.text() + written.tokens().value(guess.token()));
    }
    if (constants.isEmpty()) {
      constants.add(part.text());
    }
    return constants;
  }

  /** The statement in whose text the constants stand: of EXECUTE what was prepared. */
  private static StatementFacts written(StatementFacts facts, Perspective perspective) {
    StatementAnalysis prepared =
        facts.kind() == StatementKind.EXECUTE
            ? facts.statementName().map(perspective.prepared()::get).orElse(null)
            : null;
    return prepared == null ? facts : prepared.facts();
  }

  /** The value of a parameter; EXECUTE has its values in its own text. */
  private static String bound(
      String parameter, StatementAnalysis part, Catalog catalog, List<ParameterValue> values) {
    int number = Integer.parseInt(parameter);
    if (part.facts().kind() == StatementKind.EXECUTE || number < 1 || number > values.size()) {
      return part.text() + " $" + number;
    }
    ParameterValue value = values.get(number - 1);
    byte[] bytes = value.bytes();
    String text = ParameterText.of(value, catalog);
    return text != null ? text : bytes == null ? "NULL" : Base64.getEncoder().encodeToString(bytes);
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
