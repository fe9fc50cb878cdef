package io.pgguard.lineage;

import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A temporary relation of a session, which no snapshot of the catalog holds. Immutable.
 *
 * @param name its name, without the temporary schema
 * @param columns its columns, each with what fed it when it was made and what was written since
 * @param reads OIDs of the relations that it reads at any depth, where it is a view
 * @param certain whether it is there for sure and has exactly these columns; if not, it may carry
 *     what these columns are fed by, and nothing else is known of it
 * @param calls OIDs of the functions that its definition may call: defaults, checks, generated
 *     columns, those that LIKE brought along, or a view's query
 */
public record TemporaryRelation(
    String name,
    List<OutputLineage> columns,
    Set<Integer> reads,
    boolean certain,
    Set<Integer> calls) {
  public TemporaryRelation {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    reads = Set.copyOf(reads);
    calls = Set.copyOf(calls);
  }

  /** One whose definition calls nothing. */
  public TemporaryRelation(
      String name, List<OutputLineage> columns, Set<Integer> reads, boolean certain) {
    this(name, columns, reads, certain, Set.of());
  }

  /** The same, whose definition calls these functions. */
  public TemporaryRelation calling(Set<Integer> functions) {
    return new TemporaryRelation(name, columns, reads, certain, functions);
  }

  /** One of which only the name is known. */
  public static TemporaryRelation unknown(String name) {
    return new TemporaryRelation(name, List.of(), Set.of(), false);
  }

  /** The same under another name, or of which nothing is sure any more. */
  public TemporaryRelation uncertain(String newName) {
    return new TemporaryRelation(newName, columns, reads, false, calls);
  }

  /** Either of the two, one knows not which: certain only where both have the same columns. */
  public TemporaryRelation or(TemporaryRelation other) {
    boolean same = certain && other.certain && names().equals(other.names());
    Set<OutputLineage> both = new LinkedHashSet<>(); // many changes bring the same ones again
    for (int i = 0; i < columns.size(); i++) {
      both.add(same ? fed(columns.get(i), other.columns.get(i).sources()) : columns.get(i));
    }
    if (!same) {
      both.addAll(other.columns);
    }
    Set<Integer> all = new HashSet<>(reads);
    all.addAll(other.reads);
    Set<Integer> called = new HashSet<>(calls);
    called.addAll(other.calls);
    return new TemporaryRelation(name, List.copyOf(both), all, same, called);
  }

  /** The same after something was written to it. */
  public TemporaryRelation fed(Set<ColumnSource> sources) {
    List<OutputLineage> fed = new ArrayList<>();
    columns.forEach(column -> fed.add(fed(column, sources)));
    if (fed.isEmpty()) {
      fed.add(new OutputLineage("*", sources));
    }
    return new TemporaryRelation(name, fed, reads, certain && !columns.isEmpty(), calls);
  }

  private static OutputLineage fed(OutputLineage column, Set<ColumnSource> more) {
    Set<ColumnSource> sources = new HashSet<>(column.sources());
    sources.addAll(more);
    return column.fedBy(sources);
  }

  private List<String> names() {
    return columns.stream().map(OutputLineage::name).toList();
  }

  /** As a relation, with OID 0, which no relation of a catalog has. */
  Relation relation() {
    List<Column> all = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      all.add(Column.of(i + 1, columns.get(i).name(), columns.get(i).type()));
    }
    return new Relation(
        0, "pg_temp", name, RelationKind.TABLE, all, List.of(), List.of(), null, List.of(), false);
  }

  /** Whether a column may fail when it is read: a table's was worked out when it was written. */
  boolean loud(Column column) {
    return !reads.isEmpty() && columns.get(column.number() - 1).loud();
  }

  Sources sources(Column column) {
    return Sources.of(columns.get(column.number() - 1).sources());
  }
}
