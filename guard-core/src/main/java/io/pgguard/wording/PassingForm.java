package io.pgguard.wording;

import java.util.Map;

/** What is said of forms that pass, by the function that does not. */
public final class PassingForm {
  /** How a term is named that is not evaluated for every row. */
  public static final String TERM = LineageWording.TERM.words();

  private static final Map<String, String> FORMS =
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

  private PassingForm() {}

  /** The sentence, with a space behind it; empty where nothing is known to pass. */
  public static String of(String failing) {
    String form = FORMS.get(failing);
    return form == null ? "" : form + " ";
  }
}
