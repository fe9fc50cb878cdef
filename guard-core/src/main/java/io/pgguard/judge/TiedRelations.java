package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Relations that change along with others. Stateless and thread-safe. */
final class TiedRelations {
  private TiedRelations() {}

  /**
   * Some relations with all that inherit from them, and with the tables that may be made of them
   * where they are composite types ({@code CREATE TABLE ... OF}): such a table has exactly the
   * type's columns.
   */
  static List<Relation> below(List<Relation> some, Catalog catalog) {
    Deque<Relation> open = new ArrayDeque<>(some);
    Set<Integer> seen = new HashSet<>();
    List<Relation> all = new ArrayList<>();
    while (!open.isEmpty()) {
      Relation one = open.remove();
      if (seen.add(one.oid())) {
        all.add(one);
        open.addAll(catalog.children(one.oid()));
        if (one.kind() == RelationKind.COMPOSITE_TYPE) {
          catalog.relations().stream()
              .filter(other -> hasTheSame(one.columns(), other.columns()))
              .forEach(open::add);
        }
      }
    }
    return all;
  }

  private static boolean hasTheSame(List<Column> some, List<Column> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < some.size(); i++) {
      if (!some.get(i).name().equals(others.get(i).name())
          || some.get(i).typeOid() != others.get(i).typeOid()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a relation is made of others, at any depth, one of which is among these. */
  static boolean isMadeOf(Relation relation, Set<Integer> others, Catalog catalog) {
    return sources(relation, catalog).stream().anyMatch(one -> others.contains(one.oid()));
  }

  /** A relation and all that it is made of. */
  static List<Relation> sources(Relation relation, Catalog catalog) {
    Deque<Relation> open = new ArrayDeque<>(List.of(relation));
    Set<Integer> seen = new HashSet<>();
    List<Relation> all = new ArrayList<>();
    while (!open.isEmpty()) {
      Relation one = open.remove();
      if (seen.add(one.oid())) {
        all.add(one);
        one.dependsOn().forEach(oid -> catalog.relation(oid).ifPresent(open::add));
      }
    }
    return all;
  }
}
