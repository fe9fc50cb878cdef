package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.lineage.ColumnSource;
import io.pgguard.lineage.Flow;
import io.pgguard.lineage.OutputLineage;
import io.pgguard.lineage.ProtectedColumns;
import io.pgguard.policy.Policy;
import io.pgguard.policy.SensitiveClass;
import java.util.List;
import java.util.Optional;

/**
 * What principals of one clearance may not see of one catalog: the policy's classes, spread over
 * views, parents and partitions. Immutable.
 */
final class Protections {
  private final ProtectedColumns<SensitiveClass> columns;

  private Protections(ProtectedColumns<SensitiveClass> columns) {
    this.columns = columns;
  }

  static Protections of(Catalog catalog, List<SensitiveClass> hidden) {
    return new Protections(
        ProtectedColumns.of(
            catalog,
            (relation, column) ->
                Policy.strictest(hidden, relation.schema(), relation.name(), column.name())));
  }

  ProtectedColumns<SensitiveClass> columns() {
    return columns;
  }

  /** What is done with a value that is that column's own. */
  Optional<OutputTreatment> of(int relationOid, int number) {
    return columns.protection(relationOid, number).map(Protections::treatment);
  }

  private static OutputTreatment treatment(ProtectedColumns.Protection<SensitiveClass> protection) {
    return protection
        .own()
        .map(c -> new OutputTreatment(c.mask(), c.name()))
        .orElse(OutputTreatment.DERIVED);
  }

  /**
   * What is done with an output that is made of these: one protected column's own value keeps its
   * mask.
   */
  OutputTreatment of(OutputLineage output) {
    OutputTreatment found = OutputTreatment.CLEAN;
    for (ColumnSource source : output.sources()) {
      if (source.flow() == Flow.INFLUENCE) {
        continue;
      }
      Optional<OutputTreatment> one = of(source.relationOid(), source.number());
      if (one.isPresent()) {
        boolean whole = source.flow() == Flow.COPY && source.number() != 0;
        OutputTreatment treatment = whole ? one.get() : OutputTreatment.DERIVED;
        found = found.clean() || found.equals(treatment) ? treatment : OutputTreatment.DERIVED;
      }
    }
    return found;
  }
}
