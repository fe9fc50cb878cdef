package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.statement.Keyword;
import io.pgguard.statement.StatementFacts;
import io.pgguard.statement.Tokens;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions that compare stored rows with bounds which the statement names: a table that is
 * attached as a partition, and the rows of a default partition when another one is made (PostgreSQL
 * documentation, ALTER TABLE and CREATE TABLE).
 */
final class PartitionFindings {
  private PartitionFindings() {}

  /** The protected column that is compared with bounds; empty where none is. */
  static Optional<String> compared(StatementFacts facts, Tokens tokens, Perspective perspective) {
    if (!names(facts, tokens)) {
      return Optional.empty();
    }
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
    Deque<Relation> open = new ArrayDeque<>(List.of(relation));
    while (!open.isEmpty()) {
      Relation one = open.remove();
      for (Comparing comparing : catalog.code().comparing(one.oid())) {
        if (comparing.kind() == Comparing.Kind.PARTITION_KEY) {
          comparing
              .columns()
              .forEach(number -> one.column(number).ifPresent(column -> keys.add(column.name())));
        }
      }
      one.parents().forEach(parent -> catalog.relation(parent).ifPresent(open::add));
    }
  }
}
