package io.pgguard.session;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.mask.ResultColumn;
import java.util.List;

/**
 * Whether the server described what a snapshot does not hold: then others have changed the catalog
 * since, or the session has by itself. Stateless.
 */
final class Unheld {
  private Unheld() {}

  /**
   * Whether any of the columns is, or has a relation, number or type, that is not in a snapshot.
   */
  static boolean any(List<ResultColumn> columns, Catalog catalog) {
    for (int i = 0; i < columns.size(); i++) {
      if (unheld(columns.get(i), catalog)) {
        return true;
      }
    }
    return false;
  }

  private static boolean unheld(ResultColumn column, Catalog catalog) {
    if (catalog.type(column.typeOid()).isEmpty()) {
      return true;
    }
    if (!column.hasOrigin()) {
      return false;
    }
    Relation relation = catalog.relation(column.relationOid()).orElse(null);
    if (relation == null) {
      return true;
    }
    if (column.attributeNumber() <= 0) {
      return false; // a whole row, or what every relation has
    }
    Column held = relation.column(column.attributeNumber()).orElse(null);
    return held == null || catalog.baseType(held.typeOid()) != catalog.baseType(column.typeOid());
  }
}
