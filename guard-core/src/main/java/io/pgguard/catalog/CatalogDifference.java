package io.pgguard.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In what two snapshots of one database differ. What a later one has taken over from an earlier one
 * is the same object in both, so comparing costs one look at each relation and type. Immutable.
 *
 * @param relations OIDs of the relations that came, went, are others now or bring other code
 * @param types OIDs of the types of which that is so
 * @param beyond whether anything else differs: functions, operators, casts, the server
 */
public record CatalogDifference(Set<Integer> relations, Set<Integer> types, boolean beyond) {
  public CatalogDifference {
    relations = Set.copyOf(relations);
    types = Set.copyOf(types);
  }

  /** In what two snapshots differ. */
  public static CatalogDifference between(Catalog before, Catalog now) {
    Set<Integer> relations = new HashSet<>();
    Set<Integer> types = new HashSet<>();
    boolean sameCode = before.code() == now.code();
    for (Relation relation : now.relations()) {
      int oid = relation.oid();
      if (before.relation(oid).orElse(null) != relation
          || !sameCode && !before.code().sameOfRelation(oid, now.code())) {
        relations.add(oid);
      }
    }
    for (Relation relation : before.relations()) {
      if (now.relation(relation.oid()).isEmpty()) {
        relations.add(relation.oid());
      }
    }
    boolean sameTypes = before.types() == now.types();
    for (TypeInfo type : sameTypes && sameCode ? List.<TypeInfo>of() : now.types()) {
      int oid = type.oid();
      if (before.type(oid).orElse(null) != type
          || !sameCode && !before.code().sameOfType(oid, now.code())) {
        types.add(oid);
      }
    }
    for (TypeInfo type : sameTypes ? List.<TypeInfo>of() : before.types()) {
      if (now.type(type.oid()).isEmpty()) {
        types.add(type.oid());
      }
    }
    return new CatalogDifference(relations, types, !before.sameBeside(now));
  }
}
