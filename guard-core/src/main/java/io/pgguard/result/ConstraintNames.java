package io.pgguard.result;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.judge.Protections;
import io.pgguard.wording.SqlState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an error of PostgreSQL's own constraints names nothing but objects of the catalog: its
 * message, table, column and constraint are names, and only its DETAIL quotes the row. The names of
 * partitions that are cut by a protected column tell of its values.
 */
final class ConstraintNames {
  /** The routines that report violations; one that code raises comes from another (PL/pgSQL's). */
  private static final Map<SqlState, Set<String>> ROUTINES =
      Map.of(
          SqlState.NOT_NULL_VIOLATION, Set.of("ExecConstraints", "ReportNotNullViolationError"),
          SqlState.FOREIGN_KEY_VIOLATION, Set.of("ri_ReportViolation"),
          SqlState.UNIQUE_VIOLATION, Set.of("_bt_check_unique"),
          SqlState.CHECK_VIOLATION, Set.of("ExecConstraints"),
          SqlState.EXCLUSION_VIOLATION, Set.of("check_exclusion_or_unique_constraint"));

  private ConstraintNames() {}

  /** Whether the names of a violation may be told. */
  static boolean tellNothing(Map<Character, String> error, Protections protections) {
    String sqlState = error.getOrDefault('C', "");
    String routine = error.getOrDefault('R', "");
    if (ROUTINES.entrySet().stream()
        .noneMatch(one -> one.getKey().is(sqlState) && one.getValue().contains(routine))) {
      return false;
    }
    Catalog catalog = protections.catalog();
    if (SqlState.FOREIGN_KEY_VIOLATION.is(sqlState)) {
      // Keys of partitions are constraints of their own, of either of the two relations.
      return catalog.relations().stream().noneMatch(one -> isCut(one, protections));
    }
    String schema = error.getOrDefault('s', "");
    List<Relation> named =
        catalog.relationsNamed(error.getOrDefault('t', "")).stream()
            .filter(relation -> relation.schema().equals(schema))
            .toList();
    return !named.isEmpty() && named.stream().noneMatch(one -> isPartOfCut(one, protections));
  }

  private static boolean isPartOfCut(Relation relation, Protections protections) {
    Deque<Relation> open = new ArrayDeque<>(List.of(relation));
    while (!open.isEmpty()) {
      Relation one = open.remove();
      if (isCut(one, protections)) {
        return true;
      }
      one.parents().forEach(oid -> protections.catalog().relation(oid).ifPresent(open::add));
    }
    return false;
  }

  private static boolean isCut(Relation relation, Protections protections) {
    return relation.kind() == RelationKind.PARTITIONED_TABLE
        && protections.catalog().code().comparing(relation.oid()).stream()
            .filter(one -> one.kind() == Comparing.Kind.PARTITION_KEY)
            .flatMap(one -> one.columns().stream())
            .anyMatch(number -> protections.of(relation.oid(), number).isPresent());
  }
}
