package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.reach.Reaches;
import io.pgguard.reach.Resolver;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What lineage works out once for each catalog snapshot. Thread-safe. */
final class Snapshot {
  private final Catalog catalog;
  private final Map<String, Integer> systemTypes;
  private final Set<String> outsideOperators;
  private final Set<String> homemadeOperators;
  private final Views views;
  private final Reaches reaches;
  private final Resolver resolver;

  Snapshot(Catalog catalog) {
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
    views = new Views(this);
    reaches = new Reaches(catalog);
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

  /** What code reaches. */
  Reaches reaches() {
    return reaches;
  }

  /** What operators and calls stand for. */
  Resolver resolver() {
    return resolver;
  }

  Views views() {
    return views;
  }
}
