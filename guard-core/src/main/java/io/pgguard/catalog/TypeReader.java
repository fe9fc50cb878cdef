package io.pgguard.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads types, all or some, and casts and operators. One instance reads once; not thread-safe. */
final class TypeReader {
  private final Map<Integer, TreeSet<Integer>> domainCalls = new HashMap<>();
  private final List<TypeInfo> types = new ArrayList<>();
  private final Shared shared;
  private final Scope scope;

  TypeReader(Shared shared, Scope scope) {
    this.shared = shared;
    this.scope = scope;
  }

  /** What is asked. */
  List<CatalogQuestion> facts() {
    if (scope.isEmpty()) {
      return List.of();
    }
    return List.of(
        scope.question(
            FunctionQueries.DOMAIN_CALLS,
            row ->
                domainCalls
                    .computeIfAbsent(row.number(0), oid -> new TreeSet<>())
                    .add(row.number(1))),
        scope.question(FunctionQueries.TYPES, row -> types.add(type(row))));
  }

  /** What was read. */
  List<TypeInfo> types() {
    return types;
  }

  /** Reads all casts that are not PostgreSQL's own. */
  void casts(CatalogQueries queries, CatalogBuilder catalog) {
    queries.forEachRow(
        FunctionQueries.CASTS,
        row ->
            catalog.add(
                new Cast(row.number(0), row.number(1), row.number(2), row.letter(3) != 'e')));
  }

  /** Reads all operators that are not PostgreSQL's own. */
  void operators(CatalogQueries queries, CatalogBuilder catalog) {
    queries.forEachRow(FunctionQueries.OPERATORS, row -> catalog.add(operator(row)));
  }

  private TypeInfo type(CatalogRow row) {
    int oid = row.number(0);
    return new TypeInfo(
        oid,
        shared.text(row.required(1)),
        shared.text(row.required(2)),
        TypeInfo.Kind.of(row.letter(3)),
        row.letter(4),
        row.number(5),
        row.number(6),
        row.number(7),
        List.copyOf(domainCalls.getOrDefault(oid, new TreeSet<>())));
  }

  private Operator operator(CatalogRow row) {
    return new Operator(
        row.number(0),
        shared.text(row.required(1)),
        shared.text(row.required(2)),
        row.number(3),
        row.number(4),
        row.number(5));
  }
}
