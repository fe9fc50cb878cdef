package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Function;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Definitions behind which stored values lose what protected them. A column that no class names is
 * protected by what it is tied to: rows of a child or partition by its parent, those of a
 * materialized view by what it was made of. They stay as they are when the tie is cut.
 */
final class TieFindings {
  private final Perspective perspective;
  private final Catalog catalog;
  private final StatementFacts facts;
  private final Tokens tokens;
  private final List<SensitiveClass> hidden;

  private TieFindings(StatementFacts facts, Tokens tokens, Perspective perspective) {
    this.perspective = perspective;
    this.catalog = perspective.catalog();
    this.facts = facts;
    this.tokens = tokens;
    this.hidden = perspective.policy().classesHiddenFrom(perspective.principal());
  }

  /** Why the statement needs a person's approval; empty where it needs none. */
  static Optional<Verdict> of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    TieFindings findings = new TieFindings(facts, tokens, perspective);
    return switch (facts.kind()) {
      case ALTER_TABLE -> findings.ofInheritance();
      case CREATE_VIEW -> findings.replaces() ? findings.ofView() : Optional.empty();
      case CREATE_FUNCTION, ALTER_FUNCTION -> findings.ofFunction();
      default -> Optional.empty();
    };
  }

  private Optional<Verdict> ofInheritance() {
    List<Relation> mentioned = perspective.mentioned(facts);
    for (int i = facts.from(); i + 1 < facts.to(); i++) {
      boolean leaves = tokens.is(i, Keyword.NO) && tokens.is(i + 1, Keyword.INHERIT);
      boolean detaches = tokens.is(i, Keyword.DETACH) && tokens.is(i + 1, Keyword.PARTITION);
      Optional<Verdict> found = Optional.empty();
      if (detaches || leaves && i + 2 < facts.to() && tokens.isIdentifier(i + 2)) {
        found = first(mentioned, relation -> !relation.parents().isEmpty(), column -> true);
      } else if (tokens.is(i, Keyword.DROP)) {
        String dropped = tokens.value(dropped(i + 1));
        found =
            first(
                TiedRelations.below(mentioned, catalog),
                relation -> !relation.parents().isEmpty(),
                column -> column.name().equals(dropped));
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Where the name of a column that is dropped stands. */
  private int dropped(int at) {
    int i = at;
    while (i + 1 < facts.to()
        && (tokens.is(i, Keyword.COLUMN)
            || tokens.is(i, Keyword.IF)
            || tokens.is(i, Keyword.EXISTS))) {
      i++;
    }
    return i;
  }

  private boolean replaces() {
    return tokens.is(facts.from() + 1, Keyword.OR);
  }

  private Optional<Verdict> ofView() {
    Set<Integer> replaced = new HashSet<>();
    facts.made().stream()
        .flatMap(made -> catalog.relationsNamed(made.name().name()).stream())
        .forEach(relation -> replaced.add(relation.oid()));
    return ofStored(relation -> TiedRelations.isMadeOf(relation, replaced, catalog));
  }

  /** A function that is there already, whatever materialized views may have called it. */
  private Optional<Verdict> ofFunction() {
    boolean known =
        facts.identifiers().stream()
            .flatMap(name -> catalog.functionsNamed(name).stream())
            .anyMatch(function -> !Function.builtIn(function.oid()));
    return known ? ofStored(this::calls) : Optional.empty();
  }

  private boolean calls(Relation relation) {
    return TiedRelations.sources(relation, catalog).stream()
        .flatMap(one -> one.calls().stream())
        .anyMatch(oid -> !Function.builtIn(oid));
  }

  private Optional<Verdict> ofStored(Predicate<Relation> which) {
    return first(
        catalog.relations(),
        relation -> relation.kind() == RelationKind.MATERIALIZED_VIEW && which.test(relation),
        column -> true);
  }

  /** The first column that is protected and that no class names. */
  private Optional<Verdict> first(
      Collection<Relation> relations, Predicate<Relation> which, Predicate<Column> named) {
    for (Relation relation : relations) {
      if (!which.test(relation)) {
        continue;
      }
      for (Column column : relation.columns()) {
        if (named.test(column)
            && perspective.protections().of(relation.oid(), column.number()).isPresent()
            && !perspective.protections().holdsRows(relation.oid(), column.number())
            && Policy.strictest(hidden, relation.schema(), relation.name(), column.name())
                .isEmpty()) {
          return Optional.of(
              Findings.verdict(
                  FindingWording.UNTIES, relation.qualifiedName() + "." + column.name()));
        }
      }
    }
    return Optional.empty();
  }
}
