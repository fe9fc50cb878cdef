package io.pgguard.judge;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.lineage.ProtectedColumns;
import io.pgguard.mask.Mask;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which class each column is in by its name, remembered for as long as its relation stays the same
 * object: from one snapshot to the next most do. Thread-safe.
 */
final class RememberedMarks implements ProtectedColumns.Marks<SensitiveClass> {
  private final List<SensitiveClass> hidden;
  private final Map<Integer, OfRelation> known = new ConcurrentHashMap<>();

  private record OfRelation(Relation relation, Map<Integer, SensitiveClass> marks) {}

  /**
   * @param hidden the classes to look for
   */
  RememberedMarks(List<SensitiveClass> hidden) {
    this.hidden = hidden;
  }

  @Override
  public Optional<SensitiveClass> mark(Relation relation, Column column) {
    OfRelation of = known.get(relation.oid());
    if (of == null || of.relation() != relation) {
      of = new OfRelation(relation, marks(relation));
      known.put(relation.oid(), of);
    }
    return Optional.ofNullable(of.marks().get(column.number()));
  }

  @Override
  public boolean showsNulls(SensitiveClass mark) {
    return OutputTreatment.masked(mark.mask(), mark.name()).showsNulls();
  }

  @Override
  public boolean showsIdentity(SensitiveClass mark) {
    return mark.mask() instanceof Mask.Hash;
  }

  private Map<Integer, SensitiveClass> marks(Relation relation) {
    Map<Integer, SensitiveClass> marks = new HashMap<>();
    for (Column column : relation.columns()) {
      Policy.strictest(hidden, relation.schema(), relation.name(), column.name())
          .ifPresent(mark -> marks.put(column.number(), mark));
    }
    return Map.copyOf(marks);
  }

  /** Forgets relations that a snapshot does not hold, once they are many. */
  void forgetAbsent(Catalog snapshot) {
    if (known.size() > 2 * snapshot.relations().size()) {
      known.keySet().removeIf(oid -> snapshot.relation(oid).isEmpty());
    }
  }
}
