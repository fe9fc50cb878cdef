package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.policy.Verdict;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import io.pgguard.wording.FindingWording;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions that tell which stored rows lie within bounds: those that compare them with bounds
 * which the statement names (a table that is attached as a partition, the rows of a default
 * partition when another one is made), and those that make a partition, which holds just the rows
 * within its bounds, a table like any other (PostgreSQL documentation, ALTER TABLE and CREATE
 * TABLE), remove just its rows, or have the server tell of it.
 */
final class PartitionFindings {
  /** Words of the actions of ALTER TABLE that look at stored rows. */
  private static final Set<Keyword> LOOKING =
      EnumSet.of(Keyword.ADD, Keyword.VALIDATE, Keyword.TYPE, Keyword.USING, Keyword.NOT);

  private PartitionFindings() {}

  /** Why the statement needs a person's approval; empty where it needs none. */
  static Optional<Verdict> of(StatementFacts facts, Tokens tokens, Perspective perspective) {
    return switch (facts.kind()) {
      case DROP, TRUNCATE -> verdict(FindingWording.PLACED_REMOVED, apart(facts, perspective));
      case VACUUM -> verdict(FindingWording.PLACED_TOLD, told(facts, tokens, perspective));
      default ->
          verdict(FindingWording.COMPUTES, compared(facts, tokens, perspective))
              .or(() -> verdict(FindingWording.PLACED, placed(facts, tokens, perspective)))
              .or(() -> verdict(FindingWording.PLACED_LOOKED, looked(facts, tokens, perspective)));
    };
  }

  private static Optional<Verdict> verdict(FindingWording wording, Optional<String> column) {
    return column.map(one -> Findings.verdict(wording, one));
  }

  /** The protected column that is compared with bounds; empty where none is. */
  private static Optional<String> compared(
      StatementFacts facts, Tokens tokens, Perspective perspective) {
    return names(facts, tokens) ? key(facts, perspective) : Optional.empty();
  }

  /** The protected column by which the rows of a partition that is detached were placed. */
  private static Optional<String> placed(
      StatementFacts facts, Tokens tokens, Perspective perspective) {
    for (int i = facts.from(); i + 1 < facts.to(); i++) {
      if (tokens.is(i, Keyword.DETACH) && tokens.is(i + 1, Keyword.PARTITION)) {
        return key(facts, perspective);
      }
    }
    return Optional.empty();
  }

  /** The protected column by which the rows were placed of a partition that is named by itself. */
  private static Optional<String> apart(StatementFacts facts, Perspective perspective) {
    List<Relation> mentioned = perspective.mentioned(facts);
    Set<Integer> whole = new HashSet<>();
    mentioned.forEach(relation -> whole.add(relation.oid()));
    for (Relation relation : mentioned) {
      Set<Relation> above = above(relation, perspective.catalog());
      if (above.stream().noneMatch(one -> whole.contains(one.oid()))) {
        Optional<String> found = first(above, perspective);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The same, where the statement looks at the rows that a partition has, or has others ask for
   * them: constraints, unique indexes, what is worked out from rows, and foreign keys to it.
   */
  private static Optional<String> looked(
      StatementFacts facts, Tokens tokens, Perspective perspective) {
    int depth = 0;
    for (int i = facts.from() + 1; i < facts.to(); i++) {
      depth += tokens.is(i, '(') ? 1 : tokens.is(i, ')') ? -1 : 0;
      boolean looks =
          switch (facts.kind()) {
            case CREATE_TABLE -> tokens.is(i, Keyword.REFERENCES);
            case CREATE_INDEX ->
                depth > 1 || tokens.is(i, Keyword.UNIQUE) || tokens.is(i, Keyword.WHERE);
            case CREATE_STATISTICS -> depth > 0;
            default -> LOOKING.contains(tokens.keyword(i));
          };
      if (looks) {
        return apart(facts, perspective);
      }
    }
    return Optional.empty();
  }

  /**
   * The protected column by which partitions hold rows or none, where the server is asked to tell
   * of each partition that holds any.
   */
  private static Optional<String> told(
      StatementFacts facts, Tokens tokens, Perspective perspective) {
    for (int i = facts.from(); i < facts.to(); i++) {
      if (tokens.is(i, Keyword.VERBOSE)) {
        List<Relation> mentioned = perspective.mentioned(facts);
        return first(
            mentioned.isEmpty() ? perspective.catalog().relations() : mentioned, perspective);
      }
    }
    return Optional.empty();
  }

  /** The first protected column that is part of a partition key of these. */
  private static Optional<String> first(Collection<Relation> parted, Perspective perspective) {
    for (Relation relation : parted) {
      for (Comparing comparing : perspective.catalog().code().comparing(relation.oid())) {
        if (comparing.kind() == Comparing.Kind.PARTITION_KEY) {
          for (int number : comparing.columns()) {
            if (perspective.protections().of(relation.oid(), number).isPresent()) {
              return relation
                  .column(number)
                  .map(column -> relation.qualifiedName() + "." + column.name());
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The relations above one, at any level. */
  private static Set<Relation> above(Relation relation, Catalog catalog) {
    Set<Relation> found = new LinkedHashSet<>();
    Deque<Integer> open = new ArrayDeque<>(relation.parents());
    while (!open.isEmpty()) {
      catalog
          .relation(open.remove())
          .filter(found::add)
          .ifPresent(parent -> open.addAll(parent.parents()));
    }
    return found;
  }

  private static Optional<String> key(StatementFacts facts, Perspective perspective) {
    List<Relation> mentioned = perspective.mentioned(facts);
    Set<String> keys = new HashSet<>();
    boolean known = false;
    for (Relation relation : mentioned) {
      if (relation.kind() == RelationKind.PARTITIONED_TABLE) {
        known = true;
        keys(relation, perspective.catalog(), keys);
      }
    }
    for (Relation relation : mentioned) {
      for (Column column : relation.columns()) {
        if ((!known || keys.contains(column.name()))
            && perspective.protections().of(relation.oid(), column.number()).isPresent()) {
          return Optional.of(relation.qualifiedName() + "." + column.name());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean names(StatementFacts facts, Tokens tokens) {
    for (int i = facts.from(); i + 1 < facts.to(); i++) {
      if (tokens.is(i, Keyword.PARTITION)
          && (tokens.is(i + 1, Keyword.OF)
              || (i > facts.from() && tokens.is(i - 1, Keyword.ATTACH)))) {
        return true;
      }
    }
    return false;
  }

  /** The names of the key's columns, of partitioned tables above too: bounds hold at each level. */
  private static void keys(Relation relation, Catalog catalog, Set<String> keys) {
    Set<Relation> all = above(relation, catalog);
    all.add(relation);
    for (Relation one : all) {
      for (Comparing comparing : catalog.code().comparing(one.oid())) {
        if (comparing.kind() == Comparing.Kind.PARTITION_KEY) {
          comparing
              .columns()
              .forEach(number -> one.column(number).ifPresent(column -> keys.add(column.name())));
        }
      }
    }
  }
}
