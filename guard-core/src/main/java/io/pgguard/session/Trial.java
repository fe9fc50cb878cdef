package io.pgguard.session;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.policy.Decision;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text that is refused since Guard does not understand what it names: a column or a function that
 * is misspelt, a cursor that is not there. The server is asked to parse it, which looks names up
 * and runs nothing (PostgreSQL documentation, "Extended Query"): what it says then quotes the text
 * and the catalog, and is the client's own mistake.
 *
 * @param text the client's text
 * @param cursor the cursor that it fetches from, or null
 * @param prepared the prepared statement that it executes, or null
 */
public record Trial(String text, @Nullable String cursor, @Nullable String prepared) {
  /** Rules that speak of what Guard does not know or cannot prove. */
  private static final Set<String> OF_DOUBT =
      Set.of(
          "guard.unreadable",
          "guard.function",
          "guard.lineage",
          "guard.transaction",
          "guard.inference",
          "guard.carries");

  public Trial {
    Objects.requireNonNull(text, "text");
  }

  /** Of a text of one statement that nothing else refuses; empty where a rule does. */
  static Optional<Trial> of(String text, List<StatementAnalysis> parts) {
    if (!isAscii(text)
        || parts.size() != 1
        || !(parts.get(0).decision() instanceof Decision.Deny deny)) {
      return Optional.empty();
    }
    for (Verdict verdict : deny.verdicts()) {
      if (verdict.outcome() == Verdict.Outcome.DENY && !OF_DOUBT.contains(verdict.rule())) {
        return Optional.empty();
      }
    }
    StatementFacts facts = parts.get(0).facts();
    if (facts.kind() == StatementKind.EXPLAIN && facts.carried().size() == 1) {
      facts = facts.carried().get(0);
    }
    String cursor = facts.kind() == StatementKind.FETCH ? facts.cursorName().orElse(null) : null;
    String prepared =
        facts.kind() == StatementKind.EXECUTE ? facts.statementName().orElse(null) : null;
    return Optional.of(new Trial(text, cursor, prepared));
  }

  /** Marks that a person does not see may hide what a text says: no mistake of a client's. */
  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }
}
