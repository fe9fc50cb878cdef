package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.reach.ProtectedRelations;
import io.pgguard.wording.LineageWording;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns of a snapshot are protected: those that the policy marks, what inheritance and
 * views make of them, and what PostgreSQL itself keeps of values and secrets. Immutable.
 */
public final class ProtectedColumns<P> implements ProtectedRelations {
  private final Map<Long, Protection<P>> columns;
  private final Set<Integer> relations;
  private final Set<String> names;
  private final boolean sizesTell;

  ProtectedColumns(
      Map<Long, Protection<P>> columns,
      Set<Integer> relations,
      Set<String> names,
      boolean sizesTell) {
    this.columns = Map.copyOf(columns);
    this.relations = Set.copyOf(relations);
    this.names = Set.copyOf(names);
    this.sizesTell = sizesTell;
  }

  /** What a policy says of a column by itself. */
  @FunctionalInterface
  public interface Marks<P> {
    /** What is said of the column; empty when it may be seen. */
    Optional<P> mark(Relation relation, Column column);

    /** Whether what is done with columns of a mark shows where they are NULL. */
    default boolean showsNulls(P mark) {
      return false;
    }

    /** Whether what is done with columns of a mark shows which of their values are the same. */
    default boolean showsIdentity(P mark) {
      return false;
    }
  }

  /**
   * Works the closure out.
   *
   * @param analyzer of the snapshot
   * @param marks what the policy says
   * @param allowed whether the policy allows the function of a signature
   */
  public static <P> ProtectedColumns<P> of(
      LineageAnalyzer analyzer, Marks<P> marks, java.util.function.Predicate<String> allowed) {
    return new ProtectionClosure<>(analyzer.snapshot(), allowed, marks).of();
  }

  /** How a column is protected; empty when it is not. Number 0 asks for the whole row. */
  public Optional<Protection<P>> protection(int relationOid, int number) {
    if (number == 0 && relations.contains(relationOid)) {
      return Optional.of(
          new Protection<>(Protection.Kind.DERIVED, null, LineageWording.WHOLE_ROW.words()));
    }
    return Optional.ofNullable(columns.get(Sources.key(relationOid, number)));
  }

  /** Whether another state of the catalog protects the same columns of all but some relations. */
  public boolean sameBeside(Set<Integer> some, ProtectedColumns<P> other) {
    return sizesTell == other.sizesTell && isWithin(other, some) && other.isWithin(this, some);
  }

  private boolean isWithin(ProtectedColumns<P> other, Set<Integer> some) {
    for (Map.Entry<Long, Protection<P>> column : columns.entrySet()) {
      if (!column.getValue().equals(other.columns.get(column.getKey()))
          && !some.contains((int) (column.getKey() >> 32))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isProtectedRelation(int relationOid) {
    return relations.contains(relationOid);
  }

  @Override
  public boolean isProtectedColumn(int relationOid, int number) {
    return number == 0
        ? relations.contains(relationOid)
        : columns.containsKey(Sources.key(relationOid, number));
  }

  @Override
  public Set<Integer> protectedRelations() {
    return relations;
  }

  @Override
  public Set<String> protectedNames() {
    return names;
  }

  @Override
  public boolean sizesTell() {
    return sizesTell;
  }

  static <P> ProtectedColumns<P> of(
      Map<Long, Protection<P>> columns, io.pgguard.catalog.Catalog catalog, boolean sizesTell) {
    Set<Integer> relations = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (long key : columns.keySet()) {
      int oid = (int) (key >> 32);
      if (relations.add(oid)) {
        catalog.relation(oid).ifPresent(relation -> names.add(relation.name()));
      }
    }
    return new ProtectedColumns<>(new HashMap<>(columns), relations, names, sizesTell);
  }
}
