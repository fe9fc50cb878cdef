package io.pgguard.approval;

/**
 * Hears of every step before it takes effect, one at a time. When it throws, the step does not
 * happen: what cannot be recorded is not done.
 */
@FunctionalInterface
public interface ApprovalListener {
  /** Hears of one step. */
  void happened(ApprovalEvent event);
}
