package io.pgguard.identity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A token does not prove who asks. The message is for the log and never holds the token. */
public class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final TokenProblem problem;

  public TokenRefusedException(TokenProblem problem, String reason) {
    this(problem, reason, null);
  }

  public TokenRefusedException(TokenProblem problem, String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.problem = Objects.requireNonNull(problem, "problem");
  }

  /** Which kind of problem. */
  public TokenProblem problem() {
    return problem;
  }
}
