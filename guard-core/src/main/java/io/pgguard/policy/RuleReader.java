package io.pgguard.policy;

import io.pgguard.policy.YamlNode.Place;
import io.pgguard.policy.YamlNode.Scalar;
import io.pgguard.policy.YamlNode.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a policy. */
final class RuleReader {
  static final List<String> OUTCOMES = List.of("deny", "approve", "allow");
  static final List<Verdict.Outcome> OUTCOME_VALUES =
      List.of(Verdict.Outcome.DENY, Verdict.Outcome.APPROVE, Verdict.Outcome.ALLOW);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long MOST_APPROVERS = 20;

  /** Kinds that have a WHERE clause of their own, or may carry a statement that has. */
  private static final Set<String> WITH_WHERE =
      Set.of(
          "write",
          "update",
          "delete",
          "merge",
          "insert",
          "select",
          "explain",
          "prepare",
          "execute",
          "cursor",
          "declare",
          "copy-out",
          "create-table-as",
          "create-rule",
          "create-table",
          "ddl",
          "session",
          "code");

  private final Errors errors;
  private final CircumstanceReader circumstances;
  private final Map<String, Place> ids = new HashMap<>();

  RuleReader(Errors errors) {
    this.errors = errors;
    this.circumstances = new CircumstanceReader(errors);
  }

  List<Rule> read(YamlNode node) {
    List<Rule> rules = new ArrayList<>();
    if (node instanceof Sequence sequence) {
      for (YamlNode item : sequence.items()) {
        Rule rule = rule(item);
        if (rule != null) {
          rules.add(rule);
        }
      }
    } else {
      errors.wrong(node, "a list of rules");
    }
    return rules;
  }

  private @Nullable Rule rule(YamlNode node) {
    Fields fields =
        Fields.of(
            node, errors, "id", "when", "then", "by", "within", "useWithin", "maxRows", "message");
    if (fields == null) {
      return null;
    }
    fields.required("id", "every rule has one; decisions name it");
    fields.required("then", "write deny, approve or allow");
    YamlNode whenNode = fields.required("when", "write `when: {}` for every statement");
    String id = id(fields);
    Condition when = whenNode == null ? null : condition(whenNode);
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
    if (id == null || when == null || then == null) {
      return null;
    }
    return new Rule(
        id, when, then, by, within, useWithin == null ? within : useWithin, maxRows, message);
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

  private @Nullable Condition condition(YamlNode node) {
    Fields fields =
        Fields.of(
            node,
            errors,
            "kind",
            "where",
            "reads",
            "writes",
            "functions",
            "readsColumns",
            "writesColumns",
            "star",
            "affectedRows",
            "estimatedRows",
            "estimatedCost",
            "locking",
            "intent",
            "principal",
            "database",
            "environment",
            "source",
            "time");
    if (fields == null) {
      return null;
    }
    Set<String> kinds = kinds(fields);
    if (fields.has("where") && !kinds.isEmpty() && kinds.stream().noneMatch(WITH_WHERE::contains)) {
      fields.refuse("where", "never fits a statement of kind " + String.join(", ", kinds));
    }
    YamlNode who = fields.node("principal");
    return new Condition(
        kinds,
        fields.word(
            "where",
            "state of WHERE",
            List.of("missing", "present"),
            List.of(WhereState.MISSING, WhereState.PRESENT)),
        fields.patterns("reads", RelationPattern::of),
        fields.patterns("writes", RelationPattern::of),
        fields.patterns("functions", FunctionPattern::of),
        new ColumnCondition(
            fields.patterns("readsColumns", ColumnPattern::of),
            fields.patterns("writesColumns", ColumnPattern::of),
            fields.truth("star")),
        over(fields, "affectedRows"),
        over(fields, "estimatedRows"),
        costOver(fields),
        fields.truth("locking"),
        circumstances.intentStated(fields),
        who == null ? PrincipalCondition.ANYBODY : asker(who),
        circumstances.read(fields));
  }

  private PrincipalCondition asker(YamlNode node) {
    Fields fields = Fields.of(node, errors, "groups", "notGroups", "agents", "models");
    if (fields == null) {
      return PrincipalCondition.ANYBODY;
    }
    Set<String> groups = fields.names("groups");
    Set<String> notGroups = fields.names("notGroups");
    for (String both : groups) {
      if (notGroups.contains(both)) {
        fields.refuse("notGroups", "names " + both + ", which groups names too");
      }
    }
    return new PrincipalCondition(
        groups,
        notGroups,
        fields.patterns("agents", WordPattern::of),
        fields.patterns("models", WordPattern::of));
  }

  private Set<String> kinds(Fields fields) {
    Set<String> kinds = new LinkedHashSet<>();
    for (Scalar word : fields.words("kind")) {
      if (KindWords.index(word.text()) < 0) {
        errors.unknown(word.place(), "kind", word.text(), KindWords.all());
      } else if (!kinds.add(word.text())) {
        errors.add(word.place(), "kind `" + word.text() + "` is named twice");
      }
    }
    return kinds;
  }

  private OptionalLong over(Fields condition, String key) {
    Fields fields = over(condition.node(key));
    return fields == null ? OptionalLong.empty() : fields.integer("over", 0, Long.MAX_VALUE);
  }

  private OptionalDouble costOver(Fields condition) {
    Fields fields = over(condition.node("estimatedCost"));
    return fields == null ? OptionalDouble.empty() : fields.number("over");
  }

  private @Nullable Fields over(@Nullable YamlNode node) {
    Fields fields = node == null ? null : Fields.of(node, errors, "over");
    if (fields != null) {
      fields.required("over", "write `{ over: 100 }`");
    }
    return fields;
  }
}
