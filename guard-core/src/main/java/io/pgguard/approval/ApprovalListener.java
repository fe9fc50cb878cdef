package io.pgguard.approval;

/**
 * Hears of every step before it takes effect, and of none that does not, unless the store fails at
 * that moment. When it throws, the step does not happen: what cannot be recorded is not done. Must
 * be thread-safe, and must not answer requests itself.
 */
@FunctionalInterface
public interface ApprovalListener {
  /** Hears of one step. */
  void happened(ApprovalEvent event);
}
