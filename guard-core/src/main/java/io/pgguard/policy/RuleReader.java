package io.pgguard.policy;

import io.pgguard.policy.YamlNode.Mapping;
import io.pgguard.policy.YamlNode.Place;
import io.pgguard.policy.YamlNode.Scalar;
import io.pgguard.policy.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a policy. */
final class RuleReader {
  static final List<String> OUTCOMES = List.of("deny", "approve", "allow");
  static final List<Verdict.Outcome> OUTCOME_VALUES =
      List.of(Verdict.Outcome.DENY, Verdict.Outcome.APPROVE, Verdict.Outcome.ALLOW);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long MOST_APPROVERS = 20;

  private final Errors errors;
  private final ConditionReader conditions;
  private final Map<String, Place> ids = new HashMap<>();

  RuleReader(Errors errors) {
    this.errors = errors;
    this.conditions = new ConditionReader(errors);
  }

  List<Rule> read(@Nullable YamlNode node) {
    List<Rule> rules = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        Rule rule = rule(item);
        if (rule != null) {
          rules.add(rule);
        }
      }
    } else if (node != null) {
      errors.wrong(node, "a list of rules");
    }
    return rules;
  }

  private @Nullable Rule rule(YamlNode node) {
    Fields fields =
        Fields.of(
            node,
            errors,
            "id",
            "when",
            "then",
            "by",
            "within",
            "useWithin",
            "maxRows",
            "message",
            "mode");
    if (fields == null) {
      return null;
    }
    fields.required("id", "every rule has one; decisions name it");
    fields.required("then", "write deny, approve or allow");
    YamlNode whenNode = fields.required("when", "write `when: {}` for every statement");
    String id = id(fields);
    Condition when = whenNode == null ? null : conditions.read(whenNode);
    Verdict.Outcome then = fields.word("then", "outcome", OUTCOMES, OUTCOME_VALUES);
    Approvers by = approvers(fields);
    Duration written = fields.duration("within");
    Duration within = written == null ? Rule.DEFAULT_WITHIN : written;
    Duration useWithin = fields.duration("useWithin");
    OptionalLong maxRows = fields.integer("maxRows", 1, Long.MAX_VALUE);
    String message = fields.text("message");
    if (then != null && then != Verdict.Outcome.APPROVE) {
      fields.refuse("by", "counts only with `then: approve`");
      fields.refuse("within", "counts only with `then: approve`");
      fields.refuse("useWithin", "counts only with `then: approve`");
    }
    if (then == Verdict.Outcome.DENY) {
      fields.refuse("maxRows", "does not count with `then: deny`");
    }
    if (then == Verdict.Outcome.ALLOW) {
      fields.refuse("message", "is never shown with `then: allow`");
    }
    boolean observes =
        Boolean.TRUE.equals(
            fields.word(
                "mode",
                "mode",
                List.of("enforce", "observe"),
                List.of(Boolean.FALSE, Boolean.TRUE)));
    if (id == null || when == null || then == null) {
      return null;
    }
    Rule rule =
        new Rule(
            id,
            when,
            then,
            by,
            within,
            useWithin == null ? within : useWithin,
            maxRows,
            message,
            observes);
    if (observes && rule.matcher().figuresAsked() != 0) {
      fields.refuse(
          "mode", "cannot be observe with figures, which are asked only where they count");
    }
    return rule;
  }

  /** What becomes of statements that no rule speaks for. */
  Otherwise otherwise(@Nullable YamlNode node, Fields policy) {
    if (!(node instanceof Mapping)) {
      Verdict.Outcome outcome = policy.word("otherwise", "outcome", OUTCOMES, OUTCOME_VALUES);
      return Otherwise.of(outcome == null ? Verdict.Outcome.DENY : outcome);
    }
    Fields fields = Fields.of(node, errors, "approve");
    YamlNode approve =
        fields == null ? null : fields.required("approve", "write `{ approve: { by: ... } }`");
    Fields asked = approve == null ? null : Fields.of(approve, errors, "by", "within", "useWithin");
    if (asked == null) {
      return Otherwise.of(Verdict.Outcome.APPROVE);
    }
    Duration written = asked.duration("within");
    Duration within = written == null ? Rule.DEFAULT_WITHIN : written;
    Duration useWithin = asked.duration("useWithin");
    return new Otherwise(
        Verdict.Outcome.APPROVE, approvers(asked), within, useWithin == null ? within : useWithin);
  }

  private @Nullable String id(Fields fields) {
    YamlNode node = fields.node("id");
    if (!(node instanceof Scalar scalar)) {
      if (node != null) {
        errors.wrong(node, "a word");
      }
      return null;
    }
    String id = scalar.text();
    if (!ID.matcher(id).matches()) {
      errors.add(
          node.place(),
          "`" + id + "` is no rule id",
          "use up to 64 letters, digits, dots, hyphens and underscores");
      return null;
    }
    if (id.startsWith("guard.")) {
      errors.add(node.place(), "ids that begin with `guard.` are Guard's own");
    }
    Place before = ids.putIfAbsent(id, node.place());
    if (before != null) {
      errors.add(
          node.place(), "rule id `" + id + "` is used twice", "first in line " + before.line());
    }
    return id;
  }

  private Approvers approvers(Fields rule) {
    YamlNode node = rule.node("by");
    Fields fields = node == null ? null : Fields.of(node, errors, "groups", "count");
    return fields == null
        ? Rule.ANYBODY
        : new Approvers(
            fields.names("groups"), (int) fields.integer("count", 1, MOST_APPROVERS).orElse(1));
  }
}
