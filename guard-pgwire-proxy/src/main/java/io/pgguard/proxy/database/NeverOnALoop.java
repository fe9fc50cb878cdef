package io.pgguard.proxy.database;

/** Keeps what waits off the event loops: one that waits stops every session on it. */
public final class NeverOnALoop {
  /** What the names of the loops' threads begin with. */
  public static final String THREADS = "guard-loop";

  private NeverOnALoop() {}

  /**
   * Fails on an event loop.
   *
   * @throws IllegalStateException there
   */
  static void check(String what) {
    if (Thread.currentThread().getName().startsWith(THREADS)) {
      throw new IllegalStateException(what + " would make an event loop wait");
    }
  }
}
