package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.reach.Reaches;
import io.pgguard.reach.Resolver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/** What lineage works out once for each catalog snapshot. Thread-safe. */
final class Snapshot {
  private final Catalog catalog;
  private final Map<String, Integer> systemTypes;
  private final Set<String> outsideOperators;
  private final Set<String> homemadeOperators;
  private final Views views;
  private final Reaches reaches;
  private final Resolver resolver;
  private final Places places;
  private final Map<Integer, Set<Integer>> rowsWithin = new ConcurrentHashMap<>();

  Snapshot(Catalog catalog, BiPredicate<Relation, Column> released) {
    this.catalog = catalog;
    Map<String, Integer> types = new HashMap<>();
    for (TypeInfo type : catalog.types()) {
      if (type.schema().equals("pg_catalog")) {
        types.put(type.name(), type.oid());
      }
    }
    Set<String> operators = new HashSet<>();
    Set<String> homemade = new HashSet<>();
    for (Operator operator : catalog.operators()) {
      operators.add(operator.name());
      boolean ofExtension =
          catalog
              .function(operator.functionOid())
              .filter(function -> function.extension() != null)
              .isPresent();
      if (!ofExtension) {
        homemade.add(operator.name());
      }
    }
    homemadeOperators = Set.copyOf(homemade);
    systemTypes = Map.copyOf(types);
    outsideOperators = Set.copyOf(operators);
    resolver = new Resolver(catalog);
    views = new Views(this, released);
    reaches = new Reaches(catalog);
    places = new Places(catalog);
  }

  Catalog catalog() {
    return catalog;
  }

  /** Types of pg_catalog by name; it comes first on every search path that is let be. */
  Map<String, Integer> systemTypes() {
    return systemTypes;
  }

  /** Symbols of the operators that are not PostgreSQL's own. */
  Set<String> outsideOperators() {
    return outsideOperators;
  }

  /** Those of them that belong to no extension: they may do anything. */
  Set<String> homemadeOperators() {
    return homemadeOperators;
  }

  /**
   * The relations whose rows values of a type may hold: a row type's own, and what is within it, an
   * array, a domain or a range.
   */
  Set<Integer> rowsWithin(int typeOid) {
    Set<Integer> known = rowsWithin.get(typeOid);
    if (known == null) {
      Set<Integer> rows = new HashSet<>();
      rowsWithin(typeOid, rows, new HashSet<>());
      known = Set.copyOf(rows);
      rowsWithin.put(typeOid, known);
    }
    return known;
  }

  private void rowsWithin(int typeOid, Set<Integer> rows, Set<Integer> seen) {
    TypeInfo type = typeOid == 0 ? null : catalog.type(typeOid).orElse(null);
    if (type == null || !seen.add(typeOid)) {
      return;
    }
    rowsWithin(type.elementType(), rows, seen);
    rowsWithin(type.baseType(), rows, seen);
    catalog.code().ofType(typeOid).types().forEach(inner -> rowsWithin(inner, rows, seen));
    Relation row =
        type.relationOid() == 0 ? null : catalog.relation(type.relationOid()).orElse(null);
    if (row != null && rows.add(row.oid())) {
      row.columns().forEach(column -> rowsWithin(column.typeOid(), rows, seen));
    }
  }

  /** What code reaches. */
  Reaches reaches() {
    return reaches;
  }

  /** What operators and calls stand for. */
  Resolver resolver() {
    return resolver;
  }

  /** What decides where rows are kept. */
  Places places() {
    return places;
  }

  Views views() {
    return views;
  }
}
