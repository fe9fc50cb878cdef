package io.pgguard.judge;

import io.pgguard.lineage.Influence;
import io.pgguard.policy.Inference;
import java.util.Map;

/** What is said of a statement that would tell of a protected column: which part, and a way out. */
final class InferenceWords {
  private static final String TERM = "a term that is not always evaluated";

  /** Forms that pass, by the function that does not. */
  private static final Map<String, String> PASSING =
      Map.ofEntries(
          Map.entry("~~", "LIKE passes with a constant pattern that does not end in a backslash."),
          Map.entry(
              "~~*", "ILIKE passes with a constant pattern that does not end in a backslash."),
          Map.entry("~", "A constant pattern passes: letters, digits, plain [] and ., with * + ?."),
          Map.entry("substr", "Constant positions and lengths of 0 and more pass."),
          Map.entry("substring", "Constant positions and lengths of 0 and more pass."),
          Map.entry("split_part", "A constant position other than 0 passes."),
          Map.entry("lpad", "A constant length of 0 to 10000 passes."),
          Map.entry("rpad", "A constant length of 0 to 10000 passes."),
          Map.entry("to_char", "Constant plain patterns pass, such as 'YYYY-MM-DD' or 'FM999'."),
          Map.entry("json_build_object", "Constant keys pass."),
          Map.entry("jsonb_build_object", "Constant keys pass."),
          Map.entry(TERM, "Put the part that may fail into a column of its own."));

  private InferenceWords() {}

  static String reason(Influence influence, String column, String classId) {
    String what = influence.where();
    if (!influence.mayFail()) {
      return "its "
          + what
          + " depends on "
          + column
          + ", which is protected ("
          + classId
          + "), so that what appears would tell its value";
    }
    return influence.failing()
        + " may fail for some values of "
        + column
        + ", which is protected ("
        + classId
        + "), and a failure would tell of them";
  }

  static String hint(Influence influence, Inference allowed) {
    if (influence.mayFail()) {
      String passing = PASSING.get(influence.failing());
      return (passing == null ? "" : passing + " ")
          + "Or leave the column out there; select it, and you get it masked.";
    }
    return switch (influence.kind()) {
      case NULLNESS -> "Its mask hides where it is NULL: leave it out there.";
      case IDENTITY -> "Only columns of one class with a hash mask may be compared or grouped.";
      case EQUALITY, OTHER ->
          allowed == Inference.EQUALITY
              ? "Leave the column out there, or compare it with = to a constant or parameter only."
              : "Leave the column out there; select it, and you get it masked.";
    };
  }
}
