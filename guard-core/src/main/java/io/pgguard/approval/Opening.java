package io.pgguard.approval;

/** What became of a wish to have a statement approved. */
public sealed interface Opening {

  /** A new request waits. */
  record Opened(ApprovalRequest request) implements Opening {}

  /**
   * The same statement has been asked for already: it waits, is granted, or was refused and the
   * refusal stands until the request expires.
   */
  record Joined(ApprovalCase before) implements Opening {}

  /** Too much is waiting already; nothing was opened. */
  record Full(String message) implements Opening {}
}
