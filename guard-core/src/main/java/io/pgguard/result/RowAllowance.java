package io.pgguard.result;

/**
 * How many rows may still go out: of one statement, or of one cursor over all that is fetched from
 * it. Used by one thread at a time.
 */
public final class RowAllowance {
  private final long most;
  private long taken;

  /**
   * @param most how many rows in all
   */
  public RowAllowance(long most) {
    this.most = most;
  }

  long most() {
    return most;
  }

  boolean isUsedUp() {
    return taken >= most;
  }

  void take() {
    taken++;
  }
}
