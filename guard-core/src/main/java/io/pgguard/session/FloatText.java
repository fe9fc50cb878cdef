package io.pgguard.session;

import io.pgguard.judge.FloatRounding;
import io.pgguard.judge.Perspective;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;

/**
 * Whether the server may write the session's floats with fewer digits than they have. It begins
 * with all of them: an edge sees to that. Used by the session's thread.
 */
final class FloatText {
  private boolean rounded;

  /** Whether a reset has run that lasts once the server is ready outside a transaction. */
  private boolean reset;

  /** Whether a statement has run that begins or ends a transaction: what it undoes is not known. */
  private boolean within;

  /** Whether floats may be rounded. */
  boolean rounded() {
    return rounded;
  }

  /** A statement is about to run. */
  void begins(StatementAnalysis part, Perspective perspective) {
    if (FloatRounding.mayBegin(part, perspective)) {
      rounded = true;
      reset = false;
    }
  }

  /** A statement ended. */
  void completed(StatementFacts facts) {
    if (facts.kind() == StatementKind.TRANSACTION) {
      within = true;
      reset = false;
    } else if (!within && resets(facts)) {
      reset = true;
    }
  }

  private static boolean resets(StatementFacts facts) {
    return FloatRounding.resets(facts)
        || facts.kind() == StatementKind.DISCARD && facts.identifiers().contains("all");
  }

  /** The server reported an error, which undoes what came before it. */
  void failed() {
    reset = false;
  }

  /** The server is ready; within a transaction what was reset may still be taken back. */
  void ready(char status) {
    if (reset && status == 'I') {
      rounded = false;
    }
    reset = false;
    within = status != 'I';
  }
}
