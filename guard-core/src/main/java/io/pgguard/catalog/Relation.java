package io.pgguard.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A relation: a table, a view, a materialized view, a foreign table, a sequence, a composite type,
 * an index or a TOAST table. Immutable.
 *
 * @param oid its OID
 * @param schema the name of its schema
 * @param name its name
 * @param kind what it is
 * @param columns its columns in order of attribute number; dropped columns are absent, and those of
 *     an index
 * @param parents OIDs of the relations that it inherits from or is a partition of
 * @param dependsOn OIDs of the relations that a view's definition reads, system catalogs too; of a
 *     TOAST table the table whose values it stores; empty for others
 * @param definition the query of a view, as {@code pg_get_viewdef} prints it with an empty
 *     search_path; null for others, and for a view that was locked while the snapshot was read (see
 *     {@link Catalog#complete()}): nothing may be concluded of such a view
 * @param triggers its own triggers, those cloned from a partitioned parent included; internal ones
 *     (foreign keys) and disabled ones are not
 * @param rules whether it has rewrite rules beside a view's own
 * @param calls OIDs of the functions outside the system that its definition, defaults, generated
 *     columns, checks, index expressions, rules or row policies call, also through operators
 * @param rowSecurity whether row policies apply to it
 * @param extension the extension that owns it, or null
 * @param cascades OIDs of the relations whose rows foreign keys change or remove when rows of this
 *     one change or go
 */
public record Relation(
    int oid,
    String schema,
    String name,
    RelationKind kind,
    List<Column> columns,
    List<Integer> parents,
    List<Integer> dependsOn,
    @Nullable String definition,
    List<Trigger> triggers,
    boolean rules,
    List<Integer> calls,
    boolean rowSecurity,
    @Nullable String extension,
    List<Integer> cascades) {

  public Relation {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    columns = List.copyOf(columns);
    parents = List.copyOf(parents);
    dependsOn = List.copyOf(dependsOn);
    triggers = List.copyOf(triggers);
    calls = List.copyOf(calls);
    cascades = List.copyOf(cascades);
  }

  /** A relation that calls nothing, has no row policies and belongs to no extension. */
  public Relation(
      int oid,
      String schema,
      String name,
      RelationKind kind,
      List<Column> columns,
      List<Integer> parents,
      List<Integer> dependsOn,
      @Nullable String definition,
      List<Trigger> triggers,
      boolean rules) {
    this(
        oid,
        schema,
        name,
        kind,
        columns,
        parents,
        dependsOn,
        definition,
        triggers,
        rules,
        List.of(),
        false,
        null,
        List.of());
  }

  /** The column of that exact name. */
  public Optional<Column> column(String columnName) {
    for (Column column : columns) {
      if (column.name().equals(columnName)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** The column of that attribute number. */
  public Optional<Column> column(int number) {
    for (Column column : columns) {
      if (column.number() == number) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  /** {@code schema.name}, unquoted: for people and for patterns of a policy, not for SQL. */
  public String qualifiedName() {
    return schema + "." + name;
  }
}
