package io.pgguard.reach;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.TypeInfo;
import io.pgguard.wording.ReachWording;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The types that values of a statement may have: those that are held, because columns, functions or
 * the text bring them, and those that values are made into. Types within types count, such as a
 * row's fields and what is under a domain. Used by one thread.
 */
final class ReachedTypes {
  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema");

  private final Catalog catalog;
  private final Set<Integer> held = new HashSet<>();
  private final Set<Integer> made = new HashSet<>();

  /** Held as they are, not within others. */
  private final Set<Integer> columns = new HashSet<>();

  ReachedTypes(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The types of values that are there. */
  Set<Integer> held() {
    return held;
  }

  /** The types that values become: their checks run. */
  Set<Integer> made() {
    return made;
  }

  /** Adds what a relation's columns hold, and its rows. */
  void hold(Relation relation) {
    for (Column column : relation.columns()) {
      hold(column.typeOid());
    }
    catalog.rowTypes(relation.oid()).forEach(row -> held.add(row.oid()));
  }

  /** Adds a type of values that are there. */
  void hold(int oid) {
    columns.add(oid);
    within(oid, held);
  }

  /** Adds a type that values become. */
  void make(int oid) {
    within(oid, held);
    within(oid, made);
  }

  /**
   * The functions that checks of held types call, by OID: what stands beside a value of such a type
   * may become one without a word in the text. A constant beside a domain's own value is taken for
   * what is under the domain; one beside an array, range or row that holds it becomes all of that.
   *
   * @param checking the types that bring code of their own
   * @param builds whether the text may make such an array, range or row itself
   */
  Map<Integer, String> checks(Set<Integer> checking, boolean builds) {
    Map<Integer, String> checks = new LinkedHashMap<>();
    Set<Integer> within = null;
    for (int oid : checking) {
      TypeInfo type =
          held.contains(oid) && !made.contains(oid) ? catalog.type(oid).orElse(null) : null;
      if (type == null || type.calls().isEmpty()) {
        continue;
      }
      within = within == null && !builds ? withinOthers() : within;
      if (within == null || within.contains(oid)) {
        for (int check : type.calls()) {
          checks.putIfAbsent(check, ReachWording.CHECK_OF_TYPE.words(type.name()));
        }
      }
    }
    return checks;
  }

  /** The types that are held within arrays, ranges and rows. */
  private Set<Integer> withinOthers() {
    Set<Integer> all = new HashSet<>();
    for (int oid : columns) {
      TypeInfo type = catalog.type(oid).orElse(null);
      while (type != null && type.baseType() != 0) {
        type = catalog.type(type.baseType()).orElse(null);
      }
      if (type != null) {
        within(type.oid(), all);
      }
    }
    return all;
  }

  /** Whether values of a type may be there; those of PostgreSQL's own types always may. */
  boolean mayHold(int oid) {
    return oid == 0 || held.contains(oid) || catalog.type(oid).filter(this::isSystem).isPresent();
  }

  /** Whether values may become a type where a text asks for it; PostgreSQL's own always may. */
  boolean mayMake(int oid) {
    return made.contains(oid) || catalog.type(oid).filter(this::isSystem).isPresent();
  }

  private boolean isSystem(TypeInfo type) {
    return SYSTEM.contains(type.schema());
  }

  private void within(int oid, Set<Integer> all) {
    TypeInfo type = oid == 0 ? null : catalog.type(oid).orElse(null);
    if (type == null || !all.add(oid) || (isSystem(type) && !type.isArray())) {
      return;
    }
    within(type.elementType(), all);
    within(type.baseType(), all);
    if (type.relationOid() != 0) {
      catalog
          .relation(type.relationOid())
          .ifPresent(row -> row.columns().forEach(column -> within(column.typeOid(), all)));
    }
    catalog.code().ofType(oid).types().forEach(inner -> within(inner, all));
  }
}
