package io.pgguard.recording;

import io.pgguard.audit.ResponseTrace;
import io.pgguard.mask.ResultColumn;
import java.util.List;
import java.util.Map;

/**
 * Records the response to one statement, as its client saw it. Several statements of a session may
 * be open at a time (suspended portals). Used by the session's thread only. Every method throws
 * {@link io.pgguard.audit.AuditUnavailableException} when the recording cannot be written.
 */
public interface StatementRecorder {

  /** The result's columns, as the client is told of them; again when they are described anew. */
  void columns(List<ResultColumn> columns);

  /** A row that the client receives: the body of a DataRow message. Copied at once. */
  void row(byte[] body, int offset, int length);

  /** COPY data that the client receives. Copied at once. */
  void data(byte[] data, int offset, int length);

  /** COPY data that the client sends. Copied at once. */
  void received(byte[] data, int offset, int length);

  /** A notice that the client receives, by field type byte. */
  void notice(Map<Character, String> fields);

  /**
   * The statement ended well. What was recorded of it is with the operating system when this
   * returns; then the audit log may be told, and after that the client.
   *
   * @param commandTag as the client sees it
   */
  ResponseTrace completed(String commandTag);

  /**
   * The statement ended with an error, as the client sees it. Otherwise like {@link #completed}.
   */
  ResponseTrace failed(Map<Character, String> fields);

  /** The statement did not run, or nobody saw its end. */
  void abandoned(String why);
}
