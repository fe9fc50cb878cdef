package io.pgguard.policy;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a policy, and where. Immutable.
 *
 * @param problem what is wrong
 * @param path the key, such as {@code classes.pii.ssn} or {@code rules[2].when}; empty for the
 *     whole
 * @param source the file
 * @param line from 1; 0 where there is no place
 * @param column from 1; 0 where there is no place
 * @param advice what to do, or null
 */
public record PolicyError(
    String problem, String path, String source, int line, int column, @Nullable String advice) {
  public PolicyError {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(source, "source");
  }

  /** In one line, for a person. */
  @Override
  public String toString() {
    return problem
        + (path.isEmpty() ? "" : " at " + path)
        + " ("
        + source
        + (line > 0 ? ":" + line + ":" + column : "")
        + ")"
        + (advice == null ? "" : "; " + advice);
  }
}
