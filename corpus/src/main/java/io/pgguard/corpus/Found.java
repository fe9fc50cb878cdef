package io.pgguard.corpus;

/**
 * A canary that came through. Immutable.
 *
 * @param canary the value
 * @param how what had to be undone to see it
 */
record Found(String canary, String how) {
  @Override
  public String toString() {
    return canary + " (" + how + ")";
  }
}
