package io.pgguard.recording;

import io.pgguard.audit.LoggedValue;
import io.pgguard.policy.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records one session, as its client saw it. Used by one thread at a time. */
public interface SessionRecorder extends AutoCloseable {

  /**
   * A statement was decided on.
   *
   * @param number its number in the session, from 1
   * @param intent why the agent asks, or null
   * @param meaning a fingerprint of what the names of the text stand for
   * @param names the part of it that the search path and the definitions make, without role and
   *     settings
   * @throws io.pgguard.audit.AuditUnavailableException when it cannot be written
   */
  StatementRecorder statement(
      long number,
      String text,
      List<LoggedValue> values,
      @Nullable String intent,
      Verdict.Outcome outcome,
      List<Verdict> verdicts,
      String meaning,
      String names);

  /**
   * A notice that no statement asked for, as the client sees it.
   *
   * @param fields by field type byte
   */
  void notice(Map<Character, String> fields);

  /** A notification, as the client sees it. */
  void notification(String channel, String payload);

  /** Writes what is buffered and ends the recording. Idempotent. */
  @Override
  void close();
}
