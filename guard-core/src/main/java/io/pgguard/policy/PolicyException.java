package io.pgguard.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A policy that does not load, with everything that is wrong with it. */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<PolicyError> errors;

  /**
   * @param errors what is wrong; at least one
   */
  public PolicyException(List<PolicyError> errors) {
    super(
        errors.size() == 1
            ? "the policy does not load: " + errors.get(0)
            : errors.stream()
                .map(PolicyError::toString)
                .collect(
                    Collectors.joining(
                        "\n  ",
                        "the policy does not load, for " + errors.size() + " reasons:\n  ",
                        "")));
    this.errors = List.copyOf(errors);
  }

  /** What is wrong, in the file's order. */
  public List<PolicyError> errors() {
    return errors;
  }
}
