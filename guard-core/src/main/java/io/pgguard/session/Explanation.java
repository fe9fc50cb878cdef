package io.pgguard.session;

import io.pgguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Guard would make of a text, for people who write policies. Immutable; {@link #toString}
 * prints it.
 *
 * @param text the text
 * @param unreadable why it cannot be read, or null
 * @param statements each statement of it
 */
public record Explanation(String text, @Nullable String unreadable, List<Explained> statements) {
  public Explanation {
    statements = List.copyOf(statements);
  }

  /**
   * One statement.
   *
   * @param kinds the policy's words for it
   * @param layer the layer that decided
   * @param touchesProtected whether it could reach a protected relation
   * @param lineage the way of its columns, in words
   * @param outputs what is done with each output, in order; empty where lineage is unknown
   * @param verdicts each rule's verdict
   * @param outcome the decision
   */
  public record Explained(
      List<String> kinds,
      String layer,
      boolean touchesProtected,
      String lineage,
      List<String> outputs,
      List<Verdict> verdicts,
      Verdict.Outcome outcome) {
    public Explained {
      kinds = List.copyOf(kinds);
      outputs = List.copyOf(outputs);
      verdicts = List.copyOf(verdicts);
    }
  }

  static Explanation of(TextPlan plan) {
    Refusal unreadable = plan.unreadable();
    List<Explained> statements = new ArrayList<>();
    for (StatementAnalysis part : plan.parts()) {
      statements.add(
          new Explained(
              part.facts().policyWords().stream().sorted().toList(),
              part.layer(),
              part.touchesProtected(),
              part.lineage().toString(),
              part.treatments().stream()
                  .map(t -> t.clean() ? "clear" : t.mask().name() + " (" + t.classId() + ")")
                  .toList(),
              part.decision().verdicts(),
              part.outcome()));
    }
    return new Explanation(
        plan.text(), unreadable == null ? null : unreadable.message(), statements);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(text).append('\n');
    if (unreadable != null) {
      return out.append("  unreadable: ").append(unreadable).append('\n').toString();
    }
    for (Explained one : statements) {
      out.append("  kind      ").append(String.join(", ", one.kinds())).append('\n');
      out.append("  decided   ")
          .append(one.outcome())
          .append(" by layer ")
          .append(one.layer())
          .append('\n');
      out.append("  protected ")
          .append(one.touchesProtected() ? "touched" : "not touched")
          .append('\n');
      for (int i = 0; i < one.outputs().size(); i++) {
        out.append("  output ")
            .append(i + 1)
            .append("  ")
            .append(one.outputs().get(i))
            .append('\n');
      }
      out.append("  lineage   ").append(one.lineage()).append('\n');
      for (Verdict verdict : one.verdicts()) {
        out.append("  ").append(verdict.outcome()).append("  ").append(verdict.rule()).append(": ");
        out.append(verdict.reason()).append('\n');
      }
    }
    return out.toString();
  }
}
