package io.pgguard.wording;

/** What is said where a limit of the policy was reached, or nearly. */
public enum LimitWording implements Wording {
  LONG_VALUE(
      over("A value of this result is longer than {most} bytes, which is the most that the policy"
              + " lets one value have (limits: valueBytes).")
          .detail("The rows before it were delivered; then the statement was ended.")
          .hint("Leave the column out, or take a part of it, such as left(column, 100).")),
  MANY_ROWS(
      over("This statement brings more than {most} rows, which is the most that the policy allows.")
          .detail("The first {most} rows were delivered; then it was ended.")
          .hint("Add a LIMIT or a narrower WHERE clause, or aggregate in SQL.")),
  MANY_ROWS_OF_CHANGE(
      over("This statement brings more than {most} rows, which is the most that the policy allows.")
          .detail(
              "The first {most} rows were delivered; then it was ended, and what it changed is"
                  + " undone.")
          .hint("Change fewer rows at a time, or leave out RETURNING.")),
  STATEMENT_TIME(
      Phrase.of(
          SqlState.QUERY_CANCELED,
          "Statements may run {most} ms (limits: statementTime of the policy); what runs over is"
              + " ended. Read less, or ask for an index.")),
  IDLE_TIME(
      Phrase.of(
          SqlState.IDLE_IN_TRANSACTION_TIMEOUT,
          "a transaction may lie idle for {most} ms (ten times limits: statementTime of the policy);"
              + " this one was rolled back, and its locks are free. Connect again, and end each"
              + " transaction before you think on")),
  GUESSES(
      Phrase.of(SqlState.INSUFFICIENT_PRIVILEGE, Forms.GUESSES)
          .detail(Forms.FREE)
          .hint("Compare it with fewer constants.")),
  GUESSES_FOR_NOW(
      Phrase.of(SqlState.INSUFFICIENT_PRIVILEGE, Forms.GUESSES)
          .detail(Forms.FREE)
          .hint(
              "Compare it with fewer constants, or wait until {time}, when the oldest one no longer"
                  + " counts.")),
  GUESSES_NEARLY(
      Phrase.of(
              SqlState.WARNING,
              "Guard: {column} was compared with {taken} different constants within {per}; the policy"
                  + " lets {most} pass")
          .hint("Repeating one of them is free."));

  private static final class Forms {
    static final String GUESSES =
        "Guard refused this statement (rule guard.inference): it compares {column}, which is"
            + " protected, with constant number {number} within {per}; the policy lets {most}"
            + " different ones pass (inference: equality: {key})";
    static final String FREE =
        "Nothing was run. Constants that this column was compared with before are still free.";
  }

  private final Phrase phrase;

  LimitWording(Phrase phrase) {
    this.phrase = phrase;
  }

  private static Phrase over(String message) {
    return Phrase.of(SqlState.PROGRAM_LIMIT_EXCEEDED, message);
  }

  @Override
  public String room() {
    return "limit";
  }

  @Override
  public Phrase phrase() {
    return phrase;
  }
}
