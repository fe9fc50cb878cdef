package io.pgguard.recording;

import io.pgguard.identity.Principal;

/** Where sessions are recorded. Thread-safe. */
public interface Recorder {

  /**
   * Begins the recording of a session.
   *
   * @param session the session's id: letters, digits, {@code -} and {@code _} only
   * @throws io.pgguard.audit.AuditUnavailableException when it cannot be written; the session must
   *     not begin
   */
  SessionRecorder open(String session, Principal principal, String database);
}
