package io.pgguard.recording;

import java.util.List;

/**
 * What comparing a recording with the audit log came to. Immutable.
 *
 * @param statements how many statements the log tells of
 * @param proved how many of them have text, values, decision and response as the log tells
 * @param cut how many of those keep only a part of their rows
 * @param problems what does not agree, in words; a recording is proved when there is none
 */
public record RecordingProof(long statements, long proved, long cut, List<String> problems) {
  public RecordingProof {
    problems = List.copyOf(problems);
  }

  /** Whether all that the log tells of the session is in the recording, unchanged. */
  public boolean holds() {
    return problems.isEmpty();
  }
}
