package io.pgguard.session;

import io.pgguard.identity.Principal;
import io.pgguard.policy.Policy;
import io.pgguard.recording.SessionRecorder;
import io.pgguard.statement.StatementKind;

/**
 * Which of the server's words a session's client sees: errors and notices of statements that touch
 * protected columns may quote them, also later in the same transaction, and so may notifications.
 * Used by the session's thread.
 */
final class ServerWords {
  private final SessionServices services;
  private final Database database;
  private final Principal principal;
  private final SessionRecorder recorder;

  /** Whether the open transaction has run anything that touches protected columns. */
  private boolean touched;

  ServerWords(
      SessionServices services, Database database, Principal principal, SessionRecorder recorder) {
    this.services = services;
    this.database = database;
    this.principal = principal;
    this.recorder = recorder;
  }

  /** A statement has begun to answer; what comes later in its transaction may quote it. */
  void touched(StatementAnalysis analysis) {
    touched |= analysis.touchesProtected();
  }

  /** The server is outside a transaction. */
  void transactionEnded() {
    touched = false;
  }

  /**
   * Whether the server's words about a statement are withheld from the client.
   *
   * @param transactionStatus as the server last said it: I, T or E
   */
  boolean hides(StatementAnalysis analysis, char transactionStatus) {
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

  private boolean enforces() {
    return services.policy().current().mode() == Policy.Mode.ENFORCE;
  }

  /** A message that answers no statement. */
  ServerMessage unasked(ServerMessage notice) {
    recorder.notice(notice.fields());
    return notice;
  }

  /** A message at the end of a row of statements, such as of a deferred constraint. */
  ServerMessage ending(ServerMessage message) {
    return unasked(touched && enforces() ? NeutralMessages.of(message) : message);
  }

  /** The payload that the client sees; empty where triggers may put protected values on it. */
  String notification(String channel, String payload) {
    Policy policy = services.policy().current();
    boolean unsafe =
        database.protections(database.catalog(), policy, principal).channels().mayCarry(channel);
    String seen = unsafe ? "" : payload;
    recorder.notification(channel, seen);
    return seen;
  }
}
