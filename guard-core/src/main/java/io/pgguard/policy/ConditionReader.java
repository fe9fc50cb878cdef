package io.pgguard.policy;

import io.pgguard.policy.YamlNode.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads when a rule speaks. */
final class ConditionReader {
  /** In place of relations that are read: none is. */
  private static final String NO_RELATION = "none";

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

  ConditionReader(Errors errors) {
    this.errors = errors;
    this.circumstances = new CircumstanceReader(errors);
  }

  @Nullable Condition read(YamlNode node) {
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
    boolean readsNone =
        fields.node("reads") instanceof Scalar word && word.text().equals(NO_RELATION);
    if (readsNone) {
      fields.refuse("readsColumns", "never fits a statement that reads nothing");
    }
    YamlNode who = fields.node("principal");
    return new Condition(
        kinds,
        fields.word(
            "where",
            "state of WHERE",
            List.of("missing", "present"),
            List.of(WhereState.MISSING, WhereState.PRESENT)),
        readsNone ? List.of() : fields.patterns("reads", RelationPattern::of),
        fields.patterns("writes", RelationPattern::of),
        fields.patterns("functions", FunctionPattern::of),
        new ColumnCondition(
            fields.patterns("readsColumns", ColumnPattern::of),
            fields.patterns("writesColumns", ColumnPattern::of),
            fields.truth("star"),
            readsNone),
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
