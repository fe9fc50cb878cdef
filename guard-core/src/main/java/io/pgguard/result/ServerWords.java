package io.pgguard.result;

import io.pgguard.judge.StatementAnalysis;
import io.pgguard.mask.TextSearch;
import io.pgguard.policy.Policy;
import io.pgguard.policy.PolicySource;
import io.pgguard.reach.Channels;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.statement.StatementKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which of the server's words a session's client sees: errors and notices of statements that touch
 * protected columns may quote them, also later in the same transaction, and so may notifications.
 * Used by the session's thread.
 */
public final class ServerWords {
  /** Fields that hold no words (PostgreSQL documentation, "Error and Notice Message Fields"). */
  private static final String FIXED = "SVCPpFLR";

  private final PolicySource policies;
  private final Supplier<Channels> channels;
  private final SessionRecorder recorder;

  /** Whether the open transaction has run anything that touches protected columns. */
  private boolean touched;

  /** The policy that {@link #search} is of. */
  private @Nullable Policy searchedBy;

  private @Nullable TextSearch search;

  /**
   * @param policies the policy in force
   * @param channels those that may carry what the principal may not see, now
   * @param recorder records what the client sees
   */
  public ServerWords(PolicySource policies, Supplier<Channels> channels, SessionRecorder recorder) {
    this.policies = policies;
    this.channels = channels;
    this.recorder = recorder;
  }

  /** A statement has begun to answer; what comes later in its transaction may quote it. */
  public void touched(StatementAnalysis analysis) {
    touched |= analysis.touchesProtected();
  }

  /** The server is outside a transaction. */
  public void transactionEnded() {
    touched = false;
  }

  /** Whether the server's words about a statement are withheld from the client. */
  private boolean hides(StatementAnalysis analysis, char transactionStatus) {
    return (analysis.touchesProtected()
            || (touched && speaksForOthers(analysis, transactionStatus)))
        && enforces();
  }

  /**
   * Whether a message may be about earlier statements of the transaction: one that ends it or calls
   * for its deferred constraints. Outside a transaction block any statement may be the last.
   */
  private static boolean speaksForOthers(StatementAnalysis analysis, char transactionStatus) {
    StatementKind kind = analysis.facts().kind();
    return transactionStatus == 'I'
        || kind == StatementKind.TRANSACTION
        || kind == StatementKind.SET_CONSTRAINTS;
  }

  /** A message with what detectors find in its words hidden: PostgreSQL quotes values in many. */
  private Map<Character, String> searched(Map<Character, String> message) {
    TextSearch by = search();
    if (by == null) {
      return message;
    }
    Map<Character, String> seen = new LinkedHashMap<>(message);
    seen.replaceAll((field, text) -> FIXED.indexOf(field) >= 0 ? text : by.hide(text));
    return seen.equals(message) ? message : seen;
  }

  /** What the policy in force looks for; null for nothing. */
  private @Nullable TextSearch search() {
    Policy policy = policies.current();
    if (policy != searchedBy) {
      search =
          policy.mode() == Policy.Mode.ENFORCE
              ? DetectorScans.ofMessages(policy.detectors())
              : null;
      searchedBy = policy;
    }
    return search;
  }

  private boolean enforces() {
    return policies.current().mode() == Policy.Mode.ENFORCE;
  }

  /**
   * What a client sees of a message about a statement.
   *
   * @param transactionStatus as the server last said it: I, T or E
   */
  public Map<Character, String> about(
      StatementAnalysis analysis, char transactionStatus, Map<Character, String> message) {
    if (!hides(analysis, transactionStatus)) {
      return searched(message);
    }
    return ConstraintNames.tellNothing(message, analysis.protections())
        ? searched(NeutralMessages.ofNames(message))
        : NeutralMessages.of(message);
  }

  /** A message that answers no statement. */
  public Map<Character, String> unasked(Map<Character, String> notice) {
    Map<Character, String> seen = searched(notice);
    recorder.notice(seen);
    return seen;
  }

  /** A message at the end of a row of statements, such as of a deferred constraint. */
  public Map<Character, String> ending(Map<Character, String> message) {
    return unasked(touched && enforces() ? NeutralMessages.of(message) : message);
  }

  /** The payload that the client sees; empty where triggers may put protected values on it. */
  public String notification(String channel, String payload) {
    TextSearch by = search();
    String found = by == null ? payload : by.hide(payload);
    String seen = enforces() && channels.get().mayCarry(channel) ? "" : found;
    recorder.notification(channel, seen);
    return seen;
  }
}
