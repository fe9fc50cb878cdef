package io.pgguard.catalog;

import io.pgguard.catalog.CatalogTable.Owner;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Whether one part of the catalog is still as a snapshot has it. Asked in one query that reads by
 * indexes what belongs to the part, and whole only what is not relations' own and small: so it
 * costs the same however many relations there are. In doubt it is not.
 *
 * <p>What counts as written, and why rows are counted: {@link CatalogChanges}. Not thread-safe.
 */
final class PartLook {
  private static final int NAMED = 1000;
  private static final int CHILDREN = 1001;
  private static final String OF_PART = " = ANY ((SELECT relations FROM part)::pg_catalog.oid[])";
  private static final String IN_WORDS = " = ANY ((SELECT words FROM part)::pg_catalog.name[])";

  /**
   * All but one that has some of the rows of another, and but keys that lead to a relation: these
   * hand on changes of rows, which queries make none of.
   */
  private static final Set<CatalogTable> TABLES =
      EnumSet.complementOf(EnumSet.of(CatalogTable.INDEXED_EXPRESSIONS, CatalogTable.REFERENCES));

  private static final String TEXT = text();

  private final CatalogReading before;
  private final CatalogPart part;
  private int answers;
  private boolean differs;

  PartLook(CatalogReading before, CatalogPart part) {
    this.before = before;
    this.part = part;
  }

  /** Whether it is as it was, at some moment after this call. */
  boolean isSame(CatalogQueries queries) {
    queries.ask(
        List.of(
            new CatalogQuestion(
                TEXT,
                List.of(
                    OwnedQuery.array(part.relations()),
                    names(part.words()),
                    Long.toString(before.horizon().oldestXid())),
                this::read)));
    return !differs && answers == TABLES.size() + 3;
  }

  private static String text() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "SELECT -1, pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())"
            + "::pg_catalog.text::pg_catalog.int8, 0");
    for (CatalogTable table : TABLES) {
      parts.add(table.figures(table.ordinal(), narrowed(table)));
    }
    parts.add(CatalogTable.RELATIONS.figures(NAMED, " AND c.relname" + IN_WORDS));
    parts.add(
        CatalogTable.PARENTS.figures(
            CHILDREN,
            " AND i.inhparent"
                + OF_PART
                + " AND (SELECT c.relpersistence FROM pg_catalog.pg_class c"
                + " WHERE c.oid = i.inhrelid) <> 't'"));
    return "WITH part AS MATERIALIZED (SELECT {}::pg_catalog.oid[] AS relations,"
        + " {}::pg_catalog.name[] AS words),\n"
        + CatalogTable.sets(" AND c.oid" + OF_PART)
        + ", oldest AS MATERIALIZED (SELECT pg_catalog.age({}::pg_catalog.xid))\n"
        + String.join("\nUNION ALL ", parts);
  }

  /** What of a table belongs to a part: all of it where it is not relations' or rows' types. */
  private static String narrowed(CatalogTable table) {
    if (table == CatalogTable.TYPES) {
      return " AND t.typname" + IN_WORDS;
    }
    return table.owner() == Owner.RELATION ? " AND " + table.ownerOid() + OF_PART : "";
  }

  private void read(CatalogRow row) {
    answers++;
    int number = row.number(0);
    if (number == -1) {
      differs |= !before.horizon().reaches(Long.parseLong(row.required(1)));
      return;
    }
    boolean counted = number >= NAMED || CatalogTable.values()[number].counted();
    differs |= row.number(2) != 0 || counted && row.number(1) != expected(number);
  }

  /** How many rows there were. */
  private int expected(int number) {
    Catalog catalog = before.catalog();
    if (number == NAMED) {
      return part.words().stream().mapToInt(word -> catalog.relationsNamed(word).size()).sum();
    }
    if (number == CHILDREN) {
      return part.relations().stream().mapToInt(this::children).sum();
    }
    CatalogTable table = CatalogTable.values()[number];
    if (table == CatalogTable.TYPES) {
      return (int)
          part.words().stream()
              .flatMap(word -> catalog.typesNamed(word).stream())
              .filter(type -> !Function.builtIn(type.oid()))
              .count();
    }
    return table.owner() == Owner.RELATION
        ? before.rows().count(table, part.relations())
        : before.rows().keys(table).size();
  }

  private int children(int oid) {
    return (int)
        before.catalog().children(oid).stream()
            .flatMap(child -> child.parents().stream())
            .filter(parent -> parent == oid)
            .count();
  }

  /** As PostgreSQL writes an array of names, without its quotes. */
  private static String names(Set<String> names) {
    StringBuilder array = new StringBuilder("{");
    for (String name : names) {
      array.append(array.length() == 1 ? "\"" : ",\"");
      array.append(name.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
    return array.append('}').toString();
  }
}
