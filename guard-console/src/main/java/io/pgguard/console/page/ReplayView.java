package io.pgguard.console.page;

import io.pgguard.audit.LoggedValue;
import io.pgguard.console.ledger.SessionEntry;
import io.pgguard.console.read.ShownValue;
import io.pgguard.console.read.Span;
import io.pgguard.console.read.SqlSpans;
import io.pgguard.policy.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A session's recording as a timeline.
 *
 * @param session the session
 * @param search what was searched for, or empty
 * @param moments the statements that are shown
 * @param next the number of the statement from which the next page begins, or null
 * @param torn whether the recording breaks off
 */
public record ReplayView(
    SessionEntry session,
    String search,
    List<Moment> moments,
    @Nullable Integer next,
    boolean torn) {
  public ReplayView {
    moments = List.copyOf(moments);
  }

  /**
   * One statement and what came of it.
   *
   * @param number its number in the session
   * @param at when it was decided
   * @param text the statement
   * @param outcome the decision
   * @param columns what is said of the result's columns
   * @param rows the first of its rows as the viewer may see them
   * @param count how many rows it brought
   * @param end its command tag, or its error
   */
  public record Moment(
      int number,
      Instant at,
      String text,
      @Nullable String intent,
      Verdict.Outcome outcome,
      List<Verdict> verdicts,
      List<ShownValue> values,
      List<Column> columns,
      List<List<@Nullable String>> rows,
      long count,
      @Nullable String end,
      boolean failed,
      String took) {
    public List<Span> spans() {
      return SqlSpans.of(text);
    }

    public String outcomeWord() {
      return switch (outcome) {
        case ALLOW -> "allowed";
        case APPROVE -> "held";
        case DENY -> "refused";
      };
    }

    public String outcomeClass() {
      return "outcome-" + outcome.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A column of a result.
   *
   * @param name its label
   * @param hidden why its values are not shown to who looks; empty where they are
   */
  public record Column(String name, String hidden) {}

  /** A logged value as text. */
  static String text(LoggedValue value) {
    return value.form() == LoggedValue.Form.NULL ? "NULL" : value.content();
  }
}
