package io.pgguard.result;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.judge.StatementAnalysis;
import io.pgguard.lineage.Lineage;
import io.pgguard.lineage.WriteFlow;
import io.pgguard.mask.CopyFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the data of a COPY FROM STDIN is for, and how it is written. Stateless. */
public final class CopyInput {
  private CopyInput() {}

  /** How its lines are written; empty where it is no way that can be taken apart. */
  public static Optional<CopyFormat> format(StatementAnalysis analysis) {
    return CopyFormats.ofInput(analysis.text());
  }

  /**
   * A column that gets values.
   *
   * @param relationOid its relation
   * @param target it, for people
   */
  public record Target(int relationOid, Column column, String target) {}

  /** The columns that its values go to, in order; empty where that is not known. */
  public static List<Target> targets(StatementAnalysis analysis, Catalog catalog) {
    if (!(analysis.lineage() instanceof Lineage.Known known)) {
      return List.of();
    }
    return CopyFormats.copy(analysis.text())
        .filter(copy -> copy.from() && copy.relation() != null)
        .map(
            copy -> {
              List<Target> targets = new ArrayList<>();
              for (WriteFlow flow : known.writes()) {
                Relation relation = catalog.relation(flow.relationOid()).orElse(null);
                if (relation != null
                    && copy.relation() != null
                    && relation.name().equals(copy.relation().last())) {
                  targets(relation, copy.columns(), targets);
                  break;
                }
              }
              return targets;
            })
        .orElse(List.of());
  }

  private static void targets(Relation relation, List<String> named, List<Target> into) {
    if (named.isEmpty()) {
      relation.columns().stream()
          .filter(column -> !column.generated())
          .forEach(column -> into.add(target(relation, column)));
      return;
    }
    for (String name : named) {
      relation.column(name).ifPresent(column -> into.add(target(relation, column)));
    }
  }

  private static Target target(Relation relation, Column column) {
    return new Target(relation.oid(), column, relation.qualifiedName() + "." + column.name());
  }
}
