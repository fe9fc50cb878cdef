package io.pgguard.memory;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.judge.Unseen;
import io.pgguard.statement.Effect;

/**
 * Tells whether a statement that is no DDL may change what names stand for by what it makes the
 * server run: functions and triggers that make tables or replace views. Stateless.
 */
public final class DefiningCode {
  private DefiningCode() {}

  /** Whether that may be. */
  public static boolean mayRun(StatementAnalysis analysis) {
    Effect effect = analysis.facts().effect();
    return (effect == Effect.READ
            || effect == Effect.WRITE
            || effect == Effect.CURSOR
            || effect == Effect.PREPARED)
        && !Unseen.changes(analysis.facts())
        && analysis.protections().reaches().mayDefine(analysis.reach());
  }
}
