package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.syntax.tree.Copy;
import io.pgguard.internal.syntax.tree.CreateTableAs;
import io.pgguard.internal.syntax.tree.CreateView;
import io.pgguard.internal.syntax.tree.DeclareCursor;
import io.pgguard.internal.syntax.tree.Execute;
import io.pgguard.internal.syntax.tree.Explain;
import io.pgguard.internal.syntax.tree.Expression;
import io.pgguard.internal.syntax.tree.Into;
import io.pgguard.internal.syntax.tree.Name;
import io.pgguard.internal.syntax.tree.Prepare;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.QueryBody;
import io.pgguard.internal.syntax.tree.Select;
import io.pgguard.internal.syntax.tree.SetOperation;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows columns through a statement's tree: layer 3. It resolves names as PostgreSQL's parse
 * analysis does, over one catalog snapshot, and says Unknown where it cannot be sure.
 *
 * <p>The work on views is done once for each analyzer, so one belongs to each snapshot.
 * Thread-safe.
 */
public final class LineageAnalyzer {
  private final Snapshot snapshot;
  private final NarrowChange.Since since;

  public LineageAnalyzer(Catalog catalog) {
    this(catalog, (view, column) -> false);
  }

  /**
   * @param released columns of views that their owner releases: nothing is followed behind them
   */
  public LineageAnalyzer(Catalog catalog, BiPredicate<Relation, Column> released) {
    this.snapshot = new Snapshot(catalog, released);
    this.since = NarrowChange.Since.NOTHING;
  }

  /**
   * @param released columns of views that their owner releases, the same as of the earlier one
   * @param earlier of an earlier snapshot, of which is kept what holds for this one
   */
  public LineageAnalyzer(
      Catalog catalog, BiPredicate<Relation, Column> released, LineageAnalyzer earlier) {
    this.snapshot = new Snapshot(catalog, released);
    this.since = snapshot.views().keep(earlier.snapshot);
  }

  /**
   * What has changed since the snapshot before this one; null where that is another one than is
   * asked for, or the change could reach anything.
   */
  public @Nullable NarrowChange since(Catalog earlier) {
    return since.catalog(earlier);
  }

  /** What texts and functions reach in the snapshot. */
  public io.pgguard.reach.Reaches reaches() {
    return snapshot.reaches();
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /**
   * The lineage of a statement. Of PREPARE and DECLARE it is that of what they carry: keep it for
   * EXECUTE and FETCH in {@link SessionObjects}.
   *
   * @param statement a tree that accounts for every token of the text
   * @param path where unqualified names are looked for
   * @param session what the session has made for itself
   */
  public Lineage analyze(Statement statement, SearchPath path, SessionObjects session) {
    Analysis analysis = new Analysis(snapshot, path, session);
    analysis.whole = statement instanceof Query query ? query : null;
    try {
      return known(statement, analysis).calling(analysis.unfollowed(statement));
    } catch (Unresolved unresolved) {
      return new Lineage.Unknown(unresolved.reason());
    }
  }

  /**
   * The lineage of a query, in which parts of columns that masks may show have numbers of their own
   * ({@link ShownReference#column}).
   *
   * @param query the whole statement
   * @param found receives the places that name such columns
   */
  public Lineage analyze(
      Query query, SearchPath path, SessionObjects session, List<ShownReference> found) {
    Analysis analysis = new Analysis(snapshot, path, session);
    ShownParts parts = new ShownParts();
    analysis.shown = parts;
    analysis.whole = query;
    try {
      Lineage.Known known = known(query, analysis).calling(analysis.unfollowed(query));
      found.addAll(parts.references().values());
      return known;
    } catch (Unresolved unresolved) {
      return new Lineage.Unknown(unresolved.reason());
    }
  }

  private static Lineage.Known known(Statement statement, Analysis analysis) {
    if (statement instanceof Explain explain) {
      return explain(explain, analysis);
    } else if (statement instanceof Prepare prepare) {
      analysis.parameters = prepare.types().stream().map(analysis.casts::declared).toList();
      return known(prepare.statement(), analysis);
    } else if (statement instanceof DeclareCursor cursor) {
      return known(cursor.query(), analysis);
    } else if (statement instanceof Execute execute) {
      return execute(execute, analysis);
    } else if (statement instanceof Copy copy) {
      return copy(copy, analysis);
    } else if (statement instanceof CreateTableAs create) {
      List<OutputLineage> outputs = known(create.source(), analysis).outputs();
      LineageWording kind =
          create.materializedView()
              ? LineageWording.NEW_MATERIALIZED_VIEW
              : LineageWording.NEW_TABLE;
      analysis.made = columns(create.columns(), outputs, false);
      return made(kind.words(create.name().text()), outputs, analysis);
    } else if (statement instanceof CreateView view) {
      if (view.recursive()) {
        throw new Unresolved(LineageWording.RECURSIVE_VIEW);
      }
      List<OutputLineage> outputs = known(view.query(), analysis).outputs();
      analysis.made = columns(view.columns(), outputs, true);
      return made(LineageWording.NEW_VIEW.words(view.name().text()), outputs, analysis);
    } else if (statement instanceof Query query) {
      List<OutputLineage> outputs = outputs(analysis.queries.outputs(query, null));
      Into into = into(query);
      if (analysis.queries.intos() != (into == null ? 0 : 1)) {
        throw new Unresolved(LineageWording.INTO_THERE);
      }
      if (into == null) {
        return analysis.known(outputs);
      }
      analysis.made = columns(List.of(), outputs, false);
      return made(LineageWording.NEW_TABLE.words(into.name().text()), outputs, analysis);
    }
    return analysis.known(outputs(analysis.changes.outputs(statement, null)));
  }

  /** INTO stands in the first SELECT, also of a set operation. */
  private static @Nullable Into into(Query query) {
    QueryBody body = query.body();
    while (body instanceof SetOperation operation) {
      body = operation.branches().get(0).body();
    }
    return body instanceof Select select ? select.into() : null;
  }

  private static List<OutputLineage> outputs(List<Value.Field> fields) {
    List<OutputLineage> outputs = new ArrayList<>(fields.size());
    for (Value.Field field : fields) {
      outputs.add(OutputLineage.of(field.name(), field.value()));
    }
    return outputs;
  }

  /** The columns of what is made: names given to it stand for the first outputs' own. */
  private static MadeColumns columns(
      List<String> names, List<OutputLineage> outputs, boolean view) {
    if (names.size() > outputs.size()) {
      throw new Unresolved(LineageWording.MANY_NAMES);
    }
    List<OutputLineage> columns = new ArrayList<>(outputs);
    for (int i = 0; i < names.size(); i++) {
      columns.set(i, outputs.get(i).named(names.get(i)));
    }
    return new MadeColumns(columns, view);
  }

  private static Lineage.Known made(String what, List<OutputLineage> columns, Analysis analysis) {
    for (OutputLineage column : columns) {
      analysis.write(new WriteFlow(what, 0, 0, column.sources()));
    }
    if (columns.isEmpty()) {
      analysis.write(new WriteFlow(what, 0, 0, Set.of()));
    }
    return analysis.known(List.of());
  }

  /** EXPLAIN shows plans, not values; but estimates tell of the values that are compared. */
  private static Lineage.Known explain(Explain explain, Analysis analysis) {
    boolean runs = explain.analyzes();
    analysis.sizesShow = runs;
    analysis.trustsReleases = false; // plans tell of rows that a condition leaves out
    Lineage.Known inner = known(explain.statement(), analysis);
    analysis.influence(analysis.computed(), LineageWording.EXPLAIN.words());
    inner = analysis.known(inner.outputs());
    List<Influence> told = new ArrayList<>();
    for (Influence influence : inner.influences()) {
      told.add(
          new Influence(
              influence.relationOid(), influence.number(), Influence.Kind.OTHER, "EXPLAIN"));
    }
    return new Lineage.Known(
        List.of(new OutputLineage("QUERY PLAN", Set.of())),
        Set.copyOf(told),
        runs ? inner.writes() : List.of(),
        inner.reads(),
        runs ? inner.writesRelations() : Set.of(),
        inner.calls(),
        runs ? inner.made() : null,
        inner.temporary());
  }

  private static Lineage.Known execute(Execute execute, Analysis analysis) {
    Lineage earlier = analysis.session.prepared().get(execute.name());
    if (!(earlier instanceof Lineage.Known known)) {
      throw new Unresolved(LineageWording.PREPARED_UNKNOWN, execute.name());
    }
    Scope scope = new Scope(null);
    for (Expression argument : execute.arguments()) {
      // What becomes of a parameter's value was not followed when the statement was prepared.
      analysis.influence(analysis.value(argument, scope).sources(), "EXECUTE");
    }
    analysis.absorb(known);
    return analysis.known(known.outputs());
  }

  private static Lineage.Known copy(Copy copy, Analysis analysis) {
    if (copy.place() != Copy.Place.CLIENT) {
      throw new Unresolved(LineageWording.COPY_SERVER_FILE);
    }
    if (copy.statement() != null) {
      return known(copy.statement(), analysis);
    }
    Name name = copy.relation();
    if (name == null) {
      throw new Unresolved(LineageWording.COPY_NOTHING);
    }
    return copy.from() ? copyFrom(copy, name, analysis) : copyTo(copy, name, analysis);
  }

  private static Lineage.Known copyTo(Copy copy, Name name, Analysis analysis) {
    Relation relation = analysis.relations.resolve(name);
    // PostgreSQL 19 copies what a partitioned table's partitions hold
    boolean only = relation.kind() != RelationKind.PARTITIONED_TABLE;
    FromEntry entry = analysis.relations.read(relation, only, null);
    List<OutputLineage> outputs = new ArrayList<>();
    for (Column column : columns(copy, relation)) {
      Value value = entry.column(column.name());
      Sources sources = value == null ? Sources.NONE : value.sources();
      outputs.add(new OutputLineage(column.name(), sources.toSet()));
    }
    return analysis.known(outputs);
  }

  private static Lineage.Known copyFrom(Copy copy, Name name, Analysis analysis) {
    WriteTarget target = new WriteTarget(analysis, name, null);
    for (Column column : columns(copy, target.relation)) {
      target.write(column, Sources.NONE, null);
    }
    Scope scope = new Scope(null);
    scope.entries.add(target.entry(null));
    analysis.conditions.apply(copy.where(), scope, "WHERE");
    return analysis.known(List.of());
  }

  /** The columns that are named, or all that are not generated. */
  private static List<Column> columns(Copy copy, Relation relation) {
    List<Column> columns = new ArrayList<>();
    for (String wanted : copy.columns()) {
      Column column = relation.column(wanted).orElse(null);
      if (column == null) {
        throw new Unresolved(LineageWording.COLUMN_OF_UNKNOWN, wanted, relation.qualifiedName());
      }
      columns.add(column);
    }
    if (copy.columns().isEmpty()) {
      for (Column column : relation.columns()) {
        if (!column.generated()) {
          columns.add(column);
        }
      }
    }
    return columns;
  }
}
