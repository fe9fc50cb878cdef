package io.pgguard.reach;

import io.pgguard.catalog.Cast;
import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Operator;
import io.pgguard.catalog.TypeCode;
import io.pgguard.catalog.TypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the code of a snapshot by what brings it in. Immutable. */
final class ReachIndex {
  private final Map<String, List<Operator>> operators = new HashMap<>();
  private final List<Cast> casts = new ArrayList<>();
  private final Set<Integer> checking = new HashSet<>();

  ReachIndex(Catalog catalog) {
    for (Operator operator : catalog.operators()) {
      operators.computeIfAbsent(operator.name(), name -> new ArrayList<>(2)).add(operator);
    }
    for (Cast cast : catalog.casts()) {
      if (cast.functionOid() != 0) {
        casts.add(cast);
      }
    }
    for (TypeInfo type : catalog.types()) {
      if (!type.calls().isEmpty() || !catalog.code().ofType(type.oid()).equals(TypeCode.NOTHING)) {
        checking.add(type.oid());
      }
    }
  }

  /** The operators of a symbol that are not PostgreSQL's own. */
  List<Operator> operators(String symbol) {
    return operators.getOrDefault(symbol, List.of());
  }

  /** The casts by functions that are not PostgreSQL's own. */
  List<Cast> casts() {
    return casts;
  }

  /** The types that bring code of their own. */
  Set<Integer> checking() {
    return checking;
  }
}
