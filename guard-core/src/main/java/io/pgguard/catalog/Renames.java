package io.pgguard.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has another name than before, and whose printed texts may have that name in them. Not
 * thread-safe.
 */
final class Renames {
  private final CatalogQueries queries;
  private final Set<Integer> relations = new HashSet<>();
  private final Set<Integer> functions = new HashSet<>();
  private final Set<Integer> types = new HashSet<>();

  Renames(CatalogQueries queries) {
    this.queries = queries;
  }

  void note(@Nullable Relation earlier, Relation now) {
    if (earlier != null && Renamed.is(earlier, now)) {
      relations.add(now.oid());
    }
  }

  void note(@Nullable Function earlier, Function now) {
    if (earlier != null && Renamed.is(earlier, now)) {
      functions.add(now.oid());
    }
  }

  void note(@Nullable TypeInfo earlier, TypeInfo now) {
    if (earlier != null && Renamed.is(earlier, now)) {
      types.add(now.oid());
    }
  }

  /** Whether nothing has another name. */
  boolean isEmpty() {
    return relations.isEmpty() && functions.isEmpty() && types.isEmpty();
  }

  /** Asks whose printed texts may have the old names, and forgets these. */
  void printers(Set<Integer> ofRelations, Set<Integer> ofFunctions) {
    ask("pg_catalog.pg_class", relations, ofRelations, ofFunctions);
    ask("pg_catalog.pg_proc", functions, ofRelations, ofFunctions);
    ask("pg_catalog.pg_type", types, ofRelations, ofFunctions);
  }

  private void ask(
      String table, Set<Integer> renamed, Set<Integer> ofRelations, Set<Integer> ofFunctions) {
    if (!renamed.isEmpty()) {
      CatalogQuestion question =
          Scope.of(renamed)
              .question(
                  RelationQueries.PRINTERS.replace("TABLE", table),
                  row -> (row.flag(0) ? ofRelations : ofFunctions).add(row.number(1)));
      queries.ask(List.of(question));
      renamed.clear();
    }
  }
}
