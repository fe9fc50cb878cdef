package io.pgguard.statement;

/** What tokens tell about a condition's value. */
enum Truth {
  /** Met by every row, or by every row without a NULL. */
  TRUE,
  /** Met by no row. */
  FALSE,
  /** The same for every row; by which value, is not known. */
  SAME,
  /** The same for every row, and the parameters decide. */
  PARAMETERS,
  /** May differ between rows. */
  DATA;

  Truth not() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      default -> this;
    };
  }

  Truth or(Truth other) {
    if (this == TRUE || other == TRUE) {
      return TRUE;
    }
    if (this == FALSE || this == other) {
      return other;
    }
    if (other == FALSE) {
      return this;
    }
    // Anything may hide in a condition like "or now() > ..."; parameters are the caller's choice.
    return this == SAME || other == SAME ? SAME : DATA;
  }

  Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    if (this == TRUE) {
      return other;
    }
    if (other == TRUE || this == other) {
      return this;
    }
    return this == DATA || other == DATA ? DATA : PARAMETERS;
  }
}
