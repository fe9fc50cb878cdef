package io.pgguard.session;

/**
 * A text that could not be judged at all, since Guard lacks what it judges by. Immutable.
 *
 * @param text the text
 * @param refusal the answer to any wish to run it
 */
record UnplannedText(String text, Refusal refusal) implements StatementPlan {
  @Override
  public int statements() {
    return 0;
  }

  @Override
  public boolean denied() {
    return true;
  }
}
