package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.mask.ResultColumn;
import java.util.List;
import java.util.Set;

/**
 * Whether the server described what a snapshot does not hold: then others have changed the catalog
 * since, or the session has by itself. Stateless.
 */
final class Unheld {
  private Unheld() {}

  /**
   * Whether a snapshot does not hold the relation, the number or the type of any of the columns.
   *
   * @param own OIDs of relations of which it is known that no snapshot holds them
   */
  static boolean any(List<ResultColumn> columns, Catalog catalog, Set<Integer> own) {
    for (int i = 0; i < columns.size(); i++) {
      if (unheld(columns.get(i), catalog, own)) {
        return true;
      }
    }
    return false;
  }

  /** Adds the OIDs of the relations that a snapshot does not hold. */
  static void relations(List<ResultColumn> columns, Catalog catalog, Set<Integer> into) {
    for (ResultColumn column : columns) {
      if (column.hasOrigin() && catalog.relation(column.relationOid()).isEmpty()) {
        into.add(column.relationOid());
      }
    }
  }

  private static boolean unheld(ResultColumn column, Catalog catalog, Set<Integer> own) {
    if (catalog.type(column.typeOid()).isEmpty()) {
      return true;
    }
    if (!column.hasOrigin()) {
      return false;
    }
    Relation relation = catalog.relation(column.relationOid()).orElse(null);
    if (relation == null) {
      return !own.contains(column.relationOid());
    }
    if (column.attributeNumber() <= 0) {
      return false; // a whole row, or what every relation has
    }
    Column held = relation.column(column.attributeNumber()).orElse(null);
    return held == null || catalog.baseType(held.typeOid()) != catalog.baseType(column.typeOid());
  }
}
