package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.SearchPath;
import io.pgguard.internal.syntax.tree.Query;
import io.pgguard.internal.syntax.tree.Statement;
import io.pgguard.reach.CalledFunction;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;

/**
 * What the columns of the views of one catalog snapshot are made of, read from their definitions
 * once. Thread-safe.
 */
final class Views {
  private static final SearchPath SYSTEM = SearchPath.of("pg_catalog");
  private static final int DEPTH = 64;
  static final Set<String> SYSTEM_SCHEMAS = Set.of("pg_catalog", "information_schema");

  private final Snapshot snapshot;
  private final Catalog catalog;
  private final BiPredicate<Relation, Column> released;
  private final Map<Integer, ViewLineage> known = new ConcurrentHashMap<>();
  private final ThreadLocal<Deque<Integer>> open = ThreadLocal.withInitial(ArrayDeque::new);

  Views(Snapshot snapshot, BiPredicate<Relation, Column> released) {
    this.snapshot = snapshot;
    this.released = released;
    this.catalog = snapshot.catalog();
  }

  /** What is known so far. */
  Map<Integer, ViewLineage> known() {
    return known;
  }

  /**
   * Takes over what is known of an earlier snapshot's views, where it holds for this one.
   *
   * @return what has changed since that
   */
  NarrowChange.Since keep(Snapshot before) {
    NarrowChange change = NarrowChange.between(before, snapshot);
    if (change != null) {
      known.putAll(KeptViews.of(before.views().known(), change, snapshot));
    }
    return new NarrowChange.Since(new WeakReference<>(before.catalog()), change);
  }

  /**
   * A view's columns.
   *
   * @param columns what feeds each column, by attribute number
   * @param rest what feeds a column that is not among them
   * @param reads the relations that the view reads, at any depth
   * @param calls the functions that its definition names
   * @param influences what decides about its rows
   * @param loud the numbers of the columns that may fail when they are worked out
   * @param certain whether the definition was understood; if not, every column may be fed by all
   *     that the view reads
   */
  record ViewLineage(
      Map<Integer, Sources> columns,
      Sources rest,
      Set<Integer> reads,
      Set<CalledFunction> calls,
      Set<Influence> influences,
      Set<Integer> loud,
      boolean certain) {
    Sources column(int number) {
      return columns.getOrDefault(number, rest);
    }

    /** Whether to work a column out may fail. */
    boolean loud(int number) {
      return !certain || loud.contains(number);
    }
  }

  ViewLineage lineage(Relation view) {
    ViewLineage found = known.get(view.oid());
    if (found != null) {
      return found;
    }
    Deque<Integer> within = open.get();
    if (within.contains(view.oid()) || within.size() > DEPTH) {
      return coarse(view);
    }
    within.push(view.oid());
    try {
      ViewLineage made = withReleased(view, analyse(view));
      known.put(view.oid(), made);
      return made;
    } finally {
      within.pop();
    }
  }

  /** What the owner released, or the server says of rows, is what it is: nothing is behind it. */
  private ViewLineage withReleased(Relation view, ViewLineage made) {
    Map<Integer, Sources> columns = new HashMap<>(made.columns());
    Set<Integer> loud = new HashSet<>(made.loud());
    boolean any = false;
    for (Column column : view.columns()) {
      if (released.test(view, column) || SystemFigures.countsRows(view, column)) {
        any = true;
        columns.put(column.number(), Sources.NONE);
        loud.remove(column.number());
      }
    }
    return any
        ? new ViewLineage(
            columns,
            made.rest(),
            made.reads(),
            made.calls(),
            made.influences(),
            loud,
            made.certain())
        : made;
  }

  /** Whether the owner released a column of a view. */
  boolean isReleased(Relation view, Column column) {
    return released.test(view, column);
  }

  private ViewLineage analyse(Relation view) {
    String definition = view.definition();
    Statement statement = definition == null ? null : SqlText.parse(definition);
    if (!(statement instanceof Query query)) {
      return coarse(view);
    }
    Analysis analysis = new Analysis(snapshot, SYSTEM, SessionObjects.NONE);
    analysis.followsSizes = !SYSTEM_SCHEMAS.contains(view.schema());
    analysis.trustsReleases = false; // who reads this view may read what is not released
    try {
      List<Value.Field> outputs = analysis.queries.outputs(query, null);
      Lineage.Known all = analysis.known(List.of());
      if (outputs.size() != view.columns().size()) {
        return coarse(view);
      }
      Map<Integer, Sources> columns = new HashMap<>();
      Set<Integer> loud = new HashSet<>();
      for (int i = 0; i < outputs.size(); i++) {
        int number = view.columns().get(i).number();
        columns.put(number, outputs.get(i).value().sources());
        if (outputs.get(i).value().loud()) {
          loud.add(number);
        }
      }
      return new ViewLineage(
          columns, Sources.NONE, all.reads(), all.calls(), deciding(view, all), loud, true);
    } catch (Unresolved unresolved) {
      return coarse(view);
    }
  }

  /** What its conditions tell to who reads it; a column that may fail does so where it is read. */
  private static Set<Influence> deciding(Relation view, Lineage.Known all) {
    Set<Influence> deciding = new HashSet<>();
    for (Influence influence : all.influences()) {
      if (!influence.where().startsWith(Failures.MAY_FAIL)
          && !SYSTEM_SCHEMAS.contains(view.schema())) {
        deciding.add(influence.within(view.qualifiedName()));
      }
    }
    return deciding;
  }

  /** Every column made of every column that the server's dependency catalog leads to. */
  private ViewLineage coarse(Relation view) {
    Set<Integer> reads = new HashSet<>();
    Deque<Integer> next = new ArrayDeque<>(view.dependsOn());
    Sources all = Sources.NONE;
    while (!next.isEmpty()) {
      Relation relation = catalog.relation(next.pop()).orElse(null);
      if (relation == null || relation.oid() == view.oid() || !reads.add(relation.oid())) {
        continue;
      }
      for (Column column : relation.columns()) {
        all = all.with(Sources.copyOf(relation.oid(), column.number()));
      }
      catalog.children(relation.oid()).forEach(child -> reads.add(child.oid()));
      next.addAll(relation.dependsOn());
    }
    return new ViewLineage(Map.of(), all.derived(), reads, Set.of(), Set.of(), Set.of(), false);
  }
}
