package io.pgguard.judge;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.StatementKind;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rename, or a move to another schema, that takes a column out of its class, or into one whose
 * mask shows more: classes go by names.
 */
final class NameFindings {
  private final Perspective perspective;
  private final StatementFacts facts;
  private final Tokens tokens;

  private NameFindings(StatementFacts facts, Tokens tokens, Perspective perspective) {
    this.perspective = perspective;
    this.facts = facts;
    this.tokens = tokens;
  }

  /** Why the statement needs a person's approval; empty where it needs none. */
  static Optional<Verdict> of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    return new NameFindings(facts, tokens, perspective).found();
  }

  private Optional<Verdict> found() {
    int last = facts.to() - 1;
    while (last > facts.from() && (tokens.is(last, ';') || isBehaviour(last))) {
      last--;
    }
    String newName = tokens.value(last);
    if (tokens.is(facts.from() + 1, Keyword.SCHEMA)) {
      String schema = tokens.value(facts.from() + 2);
      return perspective.catalog().relations().stream()
          .filter(relation -> relation.schema().equals(schema))
          .flatMap(relation -> losing(relation, newName, relation.name(), null, null).stream())
          .findFirst();
    }
    String oldColumn = renamedColumn(last);
    List<Relation> named = named();
    for (Relation relation :
        oldColumn == null ? named : TiedRelations.below(named, perspective.catalog())) {
      Optional<Verdict> found =
          facts.kind() == StatementKind.ALTER_OBJECT_SCHEMA
              ? losing(relation, newName, relation.name(), null, null)
              : oldColumn != null
                  ? losing(relation, relation.schema(), relation.name(), oldColumn, newName)
                  : losing(relation, relation.schema(), newName, null, null);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Whether {@code CASCADE} or {@code RESTRICT} stands behind the new name. */
  private boolean isBehaviour(int at) {
    return (tokens.is(at, Keyword.CASCADE) || tokens.is(at, Keyword.RESTRICT))
        && at - 2 > facts.from()
        && tokens.is(at - 2, Keyword.TO);
  }

  /**
   * The relations that bear a name of the text; what lies behind a temporary view keeps its own.
   */
  private List<Relation> named() {
    return perspective.mentioned(facts).stream()
        .filter(
            relation ->
                facts.relationMentions().stream()
                    .anyMatch(mention -> mention.name().equals(relation.name())))
        .toList();
  }

  /** The column that {@code RENAME [COLUMN] a TO b} names; null where a relation is renamed. */
  private @Nullable String renamedColumn(int last) {
    int to = last - 1;
    return to - 1 > facts.from() && !tokens.is(to - 1, Keyword.RENAME)
        ? tokens.value(to - 1)
        : null;
  }

  private Optional<Verdict> losing(
      Relation relation,
      String newSchema,
      String newRelation,
      @Nullable String oldColumn,
      @Nullable String newColumn) {
    List<SensitiveClass> hidden = perspective.policy().classesHiddenFrom(perspective.principal());
    for (Column column : relation.columns()) {
      boolean renamed = oldColumn != null && newColumn != null && column.name().equals(oldColumn);
      if (oldColumn != null && !renamed) {
        continue;
      }
      Optional<SensitiveClass> before =
          Policy.strictest(hidden, relation.schema(), relation.name(), column.name());
      String name = renamed && newColumn != null ? newColumn : column.name();
      if (before.isEmpty()) {
        continue;
      }
      Optional<SensitiveClass> after = Policy.strictest(hidden, newSchema, newRelation, name);
      boolean shows =
          after.isEmpty() || after.get().mask().strictness() < before.get().mask().strictness();
      if (shows) {
        return Optional.of(
            Findings.verdict(
                after.isEmpty() ? FindingWording.TAKES_FROM_CLASS : FindingWording.TO_WEAKER_CLASS,
                relation.qualifiedName() + "." + column.name(),
                before.get().name()));
      }
    }
    return Optional.empty();
  }
}
