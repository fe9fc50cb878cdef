package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.lineage.Lineage;
import io.pgguard.reach.CalledFunction;
import io.pgguard.statement.SettingFacts;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells whether floats may be written with fewer digits than they have once a statement has run
 * (PostgreSQL documentation, extra_float_digits: below 1 they are rounded). Stateless.
 */
public final class FloatRounding {
  private static final String SETTING = "extra_float_digits";
  private static final String CALL = "set_config";

  private FloatRounding() {}

  /** Whether that may be so after a statement; in doubt it is. */
  public static boolean mayBegin(StatementAnalysis analysis, Perspective perspective) {
    StatementFacts facts = analysis.facts();
    SettingFacts setting = facts.setting().orElse(null);
    if (setting != null
        && setting.action() != SettingFacts.Action.SHOW
        && setting.name().equals(SETTING)) {
      return !setting.values().stream().allMatch(FloatRounding::isExact);
    }
    if (facts.kind() == StatementKind.EXECUTE) {
      StatementAnalysis prepared =
          facts.statementName().map(perspective.prepared()::get).orElse(null);
      return prepared == null || byCalls(prepared, perspective.catalog());
    }
    return byCalls(analysis, perspective.catalog());
  }

  /** Whether a statement sets it to what it was when the session began, until it is set anew. */
  public static boolean resets(StatementFacts facts) {
    SettingFacts setting = facts.setting().orElse(null);
    return setting != null
        && setting.action() == SettingFacts.Action.RESET
        && !setting.local()
        && !facts.identifiers().contains("current") // SET ... FROM CURRENT changes nothing
        && (setting.name().equals(SETTING) || setting.name().equals("all"));
  }

  private static boolean byCalls(StatementAnalysis analysis, Catalog catalog) {
    if (!(analysis.lineage() instanceof Lineage.Known known)) {
      return mentions(analysis.text()) || calls(analysis.facts(), catalog);
    }
    if (known.calls().isEmpty()) {
      return false;
    }
    for (CalledFunction call : known.calls()) {
      if (call.name().equals(CALL) ? sets(call.constants()) : mayCall(call.name(), catalog)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sets(List<Optional<String>> constants) {
    String name = constants.isEmpty() ? null : constants.get(0).orElse(null);
    String value = constants.size() < 2 ? null : constants.get(1).orElse(null);
    return name == null || name.equalsIgnoreCase(SETTING) && (value == null || !isExact(value));
  }

  private static boolean calls(StatementFacts facts, Catalog catalog) {
    return facts.functionMentions().stream().anyMatch(name -> mayCall(name.name(), catalog));
  }

  /** Whether a function of that name has a body that may set it. */
  private static boolean mayCall(String name, Catalog catalog) {
    return catalog.functionsNamed(name).stream()
        .anyMatch(function -> function.source() != null && mentions(function.source()));
  }

  private static boolean mentions(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains(SETTING) || lower.contains(CALL);
  }

  /** From 1 on the text is the shortest that reads back as the same value. */
  private static boolean isExact(String value) {
    String digits = value.strip();
    return digits.equals("1") || digits.equals("2") || digits.equals("3");
  }
}
