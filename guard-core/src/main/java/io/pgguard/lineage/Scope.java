package io.pgguard.lineage;

import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One query level: what its names may mean, with the levels around it (PostgreSQL's ParseState).
 * Used by one analysis only.
 */
final class Scope {
  final @Nullable Scope outer;
  List<FromEntry> entries = new ArrayList<>();

  /** What is being read now may see items of a FROM list that is not complete. */
  boolean lateral;

  /** Common tables by name. */
  final Map<String, CommonTables.Table> tables = new HashMap<>();

  /** Columns as written that WHERE holds to a constant text. */
  final Map<List<String>, String> constants = new HashMap<>();

  /** What the named windows are partitioned and ordered by. */
  final Map<String, Sources> windows = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** How many items of FROM a name is looked for in. */
  int items() {
    int items = 0;
    for (Scope level = this; level != null; level = level.outer) {
      items += level.entries.size();
    }
    return items;
  }

  private static boolean seen(Scope level, FromEntry entry) {
    return !entry.lateralOnly || level.lateral;
  }

  /** What a bare column name means (colNameToVar); null when it is no column. */
  @Nullable Value column(String name) {
    Value maybe = null;
    for (Scope level = this; level != null; level = level.outer) {
      Value found = null;
      Value any = null;
      for (FromEntry entry : level.entries) {
        if (!entry.columnsVisible || !seen(level, entry)) {
          continue;
        }
        Value here = entry.column(name);
        if (here == null) {
          here = entry.systemColumn(name);
        }
        if (here != null && found != null) {
          throw new Unresolved(LineageWording.AMBIGUOUS_COLUMN, name);
        }
        found = here == null ? found : here;
        Value open = here == null ? entry.anyColumn() : null;
        any = open == null ? any : any == null ? open : any.or(open);
      }
      if (found != null) {
        return maybe == null ? found.asColumn() : Value.of(found.or(maybe).sources().derived());
      }
      maybe = any == null ? maybe : maybe == null ? any : maybe.or(any);
    }
    return maybe == null ? null : maybe.derived();
  }

  /** Whether a bare column name means a column of this very level. */
  boolean hasOwnColumn(String name) {
    for (FromEntry entry : entries) {
      if (entry.columnsVisible && entry.column(name) != null) {
        return true;
      }
    }
    return false;
  }

  /** The item that a qualifier names (refnameNamespaceItem); null when there is none. */
  @Nullable FromEntry entry(@Nullable String schema, String name) {
    for (Scope level = this; level != null; level = level.outer) {
      FromEntry found = null;
      for (FromEntry entry : level.entries) {
        boolean named = schema == null ? name.equals(entry.name) : entry.isRelation(schema, name);
        if (entry.nameVisible && named && seen(level, entry)) {
          if (found != null) {
            throw new Unresolved(LineageWording.AMBIGUOUS_TABLE, name);
          }
          found = entry;
        }
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The common table of that name; null when there is none. */
  CommonTables.@Nullable Table table(String name) {
    for (Scope level = this; level != null; level = level.outer) {
      CommonTables.Table table = level.tables.get(name);
      if (table != null) {
        return table;
      }
    }
    return null;
  }
}
