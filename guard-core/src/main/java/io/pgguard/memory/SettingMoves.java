package io.pgguard.memory;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Function;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells whether a statement may move settings by what it calls. Stateless. */
public final class SettingMoves {
  private static final String CALL = "set_config";

  /** SET where a statement of a function's body begins, or a text that nobody has read. */
  private static final Pattern IN_BODY =
      Pattern.compile(
          "set_config|\\bexecute\\b|(?:^|;|\\bbegin\\b|\\bthen\\b|\\belse\\b|\\bloop\\b)\\s*(?:re)?set\\s");

  private SettingMoves() {}

  /**
   * Whether that may be.
   *
   * @param prepared what an EXECUTE runs, or null
   */
  public static boolean mayBe(StatementAnalysis analysis, @Nullable StatementAnalysis prepared) {
    StatementFacts facts = analysis.facts();
    if (facts.kind() == StatementKind.EXECUTE) {
      return prepared == null || prepared.facts().names(CALL) || calls(prepared);
    }
    return facts.kind() == StatementKind.DO
        || facts.kind() == StatementKind.CALL
        || facts.names(CALL)
        || calls(analysis);
  }

  private static boolean calls(StatementAnalysis analysis) {
    Catalog catalog = analysis.protections().catalog();
    if (!(analysis.lineage() instanceof Lineage.Known known)) {
      return analysis.facts().functionMentions().stream()
          .anyMatch(name -> moves(name.name(), catalog));
    }
    for (CalledFunction call : known.calls()) {
      if (moves(call.name(), catalog)) {
        return true;
      }
    }
    return false;
  }

  private static boolean moves(String name, Catalog catalog) {
    for (Function function : catalog.functionsNamed(name)) {
      String source = function.source();
      if (source != null && IN_BODY.matcher(source.toLowerCase(Locale.ROOT)).find()) {
        return true;
      }
    }
    return false;
  }
}
