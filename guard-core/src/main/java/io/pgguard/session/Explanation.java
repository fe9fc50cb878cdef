package io.pgguard.session;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pgguard.judge.OutputTreatment;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.LineageText;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.plan.TextPlan;
import io.pgguard.plan.Unreadable;
import io.pgguard.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Guard would make of a text, for people who write policies. Immutable; {@link #toString}
 * prints it, {@link #toJson} gives the same to programs.
 *
 * @param text the text
 * @param unreadable why it cannot be read, or null
 * @param statements each statement of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Explanation(String text, @Nullable String unreadable, List<Explained> statements) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Explanation {
    statements = List.copyOf(statements);
  }

  /**
   * One statement.
   *
   * @param kinds the policy's words for it
   * @param relations the relations that it names or could name
   * @param layer the layer that decided: {@code tokens}, {@code mentions} or {@code lineage}
   * @param touchesProtected whether it could reach a protected relation
   * @param outputs each output in order; empty where lineage is unknown
   * @param lineage the way of its columns, what influenced, what is written and called: one line
   *     each
   * @param verdicts each rule's verdict
   * @param outcome the decision
   * @param names a fingerprint of what its names stand for, as recordings tell it
   */
  public record Explained(
      List<String> kinds,
      List<String> relations,
      String layer,
      boolean touchesProtected,
      List<Output> outputs,
      List<String> lineage,
      List<Verdict> verdicts,
      Verdict.Outcome outcome,
      @JsonIgnore String names) {
    public Explained {
      kinds = List.copyOf(kinds);
      relations = List.copyOf(relations);
      outputs = List.copyOf(outputs);
      lineage = List.copyOf(lineage);
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * One output.
   *
   * @param name its label
   * @param mask the mask that it gets, or {@code clear}
   * @param because the class that asks for the mask; empty when clear
   */
  public record Output(String name, String mask, String because) {}

  static Explanation of(TextPlan plan) {
    Unreadable unreadable = plan.unreadable();
    List<Explained> statements = new ArrayList<>();
    for (StatementAnalysis part : plan.parts()) {
      statements.add(
          new Explained(
              part.facts().policyWords().stream().sorted().toList(),
              part.facts().relationMentions().stream().map(Object::toString).sorted().toList(),
              part.layer(),
              part.touchesProtected(),
              outputs(part),
              LineageText.outline(part.lineage(), plan.perspective().catalog()).lines().toList(),
              part.decision().verdicts(),
              part.outcome(),
              part.touched().text()));
    }
    return new Explanation(
        plan.text(), unreadable == null ? null : unreadable.message(), statements);
  }

  private static List<Output> outputs(StatementAnalysis part) {
    List<Output> outputs = new ArrayList<>();
    if (part.lineage() instanceof Lineage.Known known) {
      for (int i = 0; i < known.outputs().size(); i++) {
        OutputLineage output = known.outputs().get(i);
        OutputTreatment treatment = part.treatments().get(i);
        String mask = treatment.clean() ? "clear" : treatment.mask().name();
        outputs.add(new Output(output.name(), mask, treatment.classId()));
      }
    }
    return outputs;
  }

  /** The same as JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an explanation is plain data", e);
    }
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(text).append('\n');
    if (unreadable != null) {
      return out.append("  unreadable: ").append(unreadable).append('\n').toString();
    }
    for (Explained one : statements) {
      line(out, one.outcome().name(), "decided by layer " + one.layer());
      line(out, "kind", String.join(", ", one.kinds()));
      line(out, "names", String.join(", ", one.relations()));
      line(out, "protected", one.touchesProtected() ? "touched" : "not touched");
      for (Output output : one.outputs()) {
        String because = output.because().isEmpty() ? "" : " (" + output.because() + ")";
        line(out, "output", output.name() + ": " + output.mask() + because);
      }
      one.lineage().forEach(text -> line(out, "lineage", text));
      for (Verdict verdict : one.verdicts()) {
        line(out, verdict.outcome().name(), verdict.rule() + ": " + verdict.reason());
      }
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String label, String text) {
    out.append("  ").append(label).append(" ".repeat(Math.max(1, 11 - label.length())));
    out.append(text).append('\n');
  }
}
