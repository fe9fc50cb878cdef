package io.pgguard.approval;

import java.time.Instant;

/** What an attempt to run a statement on its approval comes to. */
public sealed interface Redemption {

  /** This caller, and no other, may run it, once. */
  record Redeemed(ApprovalGrant grant, ApprovalRequest request) implements Redemption {}

  /** It still waits. */
  record Pending(ApprovalRequest request) implements Redemption {}

  /** Somebody refused it. */
  record Refused(ApprovalRequest request, Vote refusal) implements Redemption {}

  /** Nobody answered, or the approval was not used, before it expired. */
  record Expired(ApprovalRequest request, Instant at) implements Redemption {}

  /** There is no request for it, or its approval has been used. */
  record None() implements Redemption {}
}
