package io.pgguard.session;

/**
 * Something would have to wait in a thread that must not ({@link GuardSession#atOnce}). Nothing of
 * it has been done yet: it is to be asked again in a thread that may.
 */
public final class WouldWaitException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final WouldWaitException ONLY = new WouldWaitException();

  private WouldWaitException() {
    super("this thread must not wait", null, false, false);
  }

  /** The one instance, which has no stack: it says when to ask again, and tells of no failure. */
  public static WouldWaitException only() {
    return ONLY;
  }
}
