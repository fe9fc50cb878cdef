package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Influence;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.TokenKind;
import io.pgguard.statement.Tokens;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a statement compares protected columns with, so that two of these are equal only
 * where the values are.
 *
 * @param prepared of EXECUTE what was prepared, where that is known
 * @param values what is bound
 * @param settings by which constants are read; what no other run has, where that is not known
 * @param run what no other run has
 */
record GuessedConstants(
    StatementAnalysis part,
    Perspective perspective,
    @Nullable StatementAnalysis prepared,
    List<ParameterValue> values,
    String settings,
    String run) {
  /** Types whose constants read the same whatever the settings are. */
  private static final Set<Integer> READ_ALIKE =
      Set.of(16, 17, 18, 19, 20, 21, 23, 25, 26, 114, 700, 701, 1042, 1043, 1700, 2950, 3802);

  /** Stands between what no constant holds. */
  private static final char BETWEEN = '\0';

  /** What a column is compared with; this run where the statement works it out. */
  List<String> of(Influence influence) {
    List<String> constants = new ArrayList<>(1);
    for (Influence.Guess guess : influence.guesses()) {
      String constant = guess.parameter() ? bound(guess.text()) : written(guess);
      constants.add(
          guess.cast().isEmpty() && isReadAlike(influence)
              ? constant
              : constant + BETWEEN + guess.cast() + BETWEEN + settings);
    }
    if (constants.isEmpty()) {
      constants.add(part.text() + BETWEEN + run);
    }
    return constants;
  }

  private boolean isReadAlike(Influence influence) {
    Catalog catalog = perspective.catalog();
    return catalog
        .relation(influence.relationOid())
        .flatMap(relation -> relation.column(influence.number()))
        .filter(column -> READ_ALIKE.contains(catalog.baseType(column.typeOid())))
        .isPresent();
  }

  /** A constant of the text; of EXECUTE it stands in what was prepared. */
  private String written(Influence.Guess guess) {
    return written(prepared == null ? part.facts() : prepared.facts(), guess);
  }

  /** A constant as its text has it. */
  static String written(StatementFacts facts, Influence.Guess guess) {
    return guess.token() < 0 ? guess.text() : guess.text() + facts.tokens().value(guess.token());
  }

  /** The value of a parameter; EXECUTE has its values in its own text. */
  private String bound(String parameter) {
    int number = Integer.parseInt(parameter);
    if (part.facts().kind() == StatementKind.EXECUTE || number < 1 || number > values.size()) {
      String text = part.text() + " $" + number;
      return namesItsValues() ? text : text + BETWEEN + run;
    }
    ParameterValue value = values.get(number - 1);
    byte[] bytes = value.bytes();
    String text = ParameterText.of(value, perspective.catalog());
    return text != null ? text : bytes == null ? "NULL" : Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether nothing but constants stands in parentheses, so that the text says what they are. */
  private boolean namesItsValues() {
    StatementFacts facts = part.facts();
    Tokens tokens = facts.tokens();
    boolean within = false;
    for (int i = facts.from(); i < facts.to(); i++) {
      within |= tokens.is(i, '(');
      if (within && (tokens.is(i, TokenKind.WORD) || tokens.is(i, TokenKind.QUOTED_NAME))) {
        return false;
      }
    }
    return true;
  }
}
