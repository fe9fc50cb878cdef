package io.pgguard.result;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.judge.Protections;
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
  private static final String FOREIGN_KEY = "23503";

  /** The routines that report violations; one that code raises comes from another (PL/pgSQL's). */
  private static final Map<String, Set<String>> ROUTINES =
      Map.of(
          "23502",
          Set.of("ExecConstraints", "ReportNotNullViolationError"),
          FOREIGN_KEY,
          Set.of("ri_ReportViolation"),
          "23505",
          Set.of("_bt_check_unique"),
          "23514",
          Set.of("ExecConstraints"),
          "23P01",
          Set.of("check_exclusion_or_unique_constraint"));

  private ConstraintNames() {}

  /** Whether the names of a violation may be told. */
  static boolean tellNothing(Map<Character, String> error, Protections protections) {
    String sqlState = error.getOrDefault('C', "");
    if (!ROUTINES.getOrDefault(sqlState, Set.of()).contains(error.getOrDefault('R', ""))) {
      return false;
    }
    Catalog catalog = protections.catalog();
    if (sqlState.equals(FOREIGN_KEY)) {
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
