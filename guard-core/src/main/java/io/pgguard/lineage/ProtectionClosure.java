package io.pgguard.lineage;

import io.pgguard.catalog.Catalog;
import io.pgguard.catalog.Column;
import io.pgguard.catalog.Comparing;
import io.pgguard.catalog.Relation;
import io.pgguard.catalog.RelationKind;
import io.pgguard.reach.FunctionSafety;
import io.pgguard.reach.Safety;
import io.pgguard.reach.SizeFunctions;
import io.pgguard.wording.LineageWording;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Works out {@link ProtectedColumns} from the policy's marks, until nothing is added. */
final class ProtectionClosure<P> {
  private static final Set<Comparing.Kind> PLACING =
      EnumSet.of(Comparing.Kind.PARTITION_KEY, Comparing.Kind.PARTIAL);

  private final Snapshot snapshot;
  private final Catalog catalog;
  private final Predicate<String> allowed;
  private final ProtectedColumns.Marks<P> marks;
  private final Map<Long, Protection<P>> columns = new HashMap<>();
  private final DerivedProtections<P> derived;
  private final List<Relation> views = new ArrayList<>();
  private final List<Carrier> carriers = new ArrayList<>();
  private boolean changed;

  /** Whether the policy's classes hold any column. */
  private boolean marked;

  /** By what a protected column decides which rows are kept where, so that sizes tell. */
  private final Set<Comparing.Kind> cuts = EnumSet.noneOf(Comparing.Kind.class);

  /** A column whose values may hold rows of other relations. */
  private record Carrier(Relation relation, Column column, Set<Integer> rows) {}

  ProtectionClosure(Snapshot snapshot, Predicate<String> allowed, ProtectedColumns.Marks<P> marks) {
    this.snapshot = snapshot;
    this.marks = marks;
    this.catalog = snapshot.catalog();
    this.allowed = allowed;
    this.derived = new DerivedProtections<>(snapshot, marks, columns);
  }

  ProtectedColumns<P> of() {
    for (Relation relation : catalog.relations()) {
      mark(relation);
      carriers(relation);
      if (Relations.isView(relation) && !SystemColumns.isOf(relation)) {
        views.add(relation);
      }
    }
    marked = !columns.isEmpty();
    for (Relation relation : catalog.relations()) {
      system(relation);
    }
    do {
      changed = false;
      catalog.relations().forEach(this::inherit);
      views.forEach(this::view);
      if (marked) {
        functions();
        carriers.forEach(this::carry);
        places();
      }
    } while (changed);
    toast();
    return ProtectedColumns.of(columns, catalog, !cuts.isEmpty());
  }

  private void mark(Relation relation) {
    for (Column column : relation.columns()) {
      marks
          .mark(relation, column)
          .ifPresent(
              mark ->
                  put(
                      relation,
                      column,
                      new Protection<>(
                          Protection.Kind.MARKED,
                          mark,
                          LineageWording.MARKED.words(name(relation, column)))));
    }
  }

  private void carriers(Relation relation) {
    if (SystemColumns.isOf(relation)) {
      return;
    }
    for (Column column : relation.columns()) {
      Set<Integer> rows = snapshot.rowsWithin(column.typeOid());
      if (!rows.isEmpty()) {
        carriers.add(new Carrier(relation, column, rows));
      }
    }
  }

  /** A column that holds whole rows holds what is protected of them. */
  private void carry(Carrier carrier) {
    for (int oid : carrier.rows()) {
      Relation row = catalog.relation(oid).orElse(null);
      if (row == null || get(carrier.relation(), carrier.column()) != null) {
        continue;
      }
      for (Column field : row.columns()) {
        Protection<P> protection = get(row, field);
        if (protection != null) {
          String reason = LineageWording.HOLDS_ROWS.words(row.qualifiedName(), protection.reason());
          put(
              carrier.relation(),
              carrier.column(),
              new Protection<>(Protection.Kind.CARRIER, protection.marked(), reason));
        }
      }
    }
  }

  /** From when on rows are kept in different places by a protected column, sizes are withheld. */
  private void places() {
    boolean more = false;
    for (Relation relation : catalog.relations()) {
      for (Comparing one : catalog.code().comparing(relation.oid())) {
        if (PLACING.contains(one.kind())
            && one.columns().stream()
                .anyMatch(number -> columns.containsKey(Sources.key(relation.oid(), number)))) {
          more |= cuts.add(one.kind());
        }
      }
    }
    if (more) {
      catalog.relations().forEach(this::system);
    }
  }

  private void system(Relation relation) {
    SystemColumns hidden = SystemColumns.of(relation, marked, cuts);
    if (hidden == null) {
      return;
    }
    for (Column column : relation.columns()) {
      LineageWording why = hidden.why(column);
      if (why != null) {
        String reason = why.words(name(relation, column));
        put(relation, column, new Protection<>(Protection.Kind.SYSTEM, null, reason));
      }
    }
  }

  private static String name(Relation relation, Column column) {
    return relation.qualifiedName() + "." + column.name();
  }

  private @Nullable Protection<P> get(Relation relation, Column column) {
    return columns.get(Sources.key(relation.oid(), column.number()));
  }

  private void put(Relation relation, Column column, Protection<P> protection) {
    if (columns.putIfAbsent(Sources.key(relation.oid(), column.number()), protection) == null) {
      changed = true;
    }
  }

  /** Columns of one name in a parent and its child hold the same kind of values. */
  private void inherit(Relation child) {
    for (int oid : child.parents()) {
      Relation parent = catalog.relation(oid).orElse(null);
      if (parent == null) {
        continue;
      }
      for (Column column : child.columns()) {
        Column above = parent.column(column.name()).orElse(null);
        if (above == null) {
          continue;
        }
        Protection<P> ofParent = get(parent, above);
        Protection<P> ofChild = get(child, column);
        if (ofParent != null) {
          put(child, column, ofParent);
        } else if (ofChild != null) {
          put(parent, above, ofChild);
        }
      }
    }
  }

  private void view(Relation view) {
    Views.ViewLineage lineage = snapshot.views().lineage(view);
    for (Column column : view.columns()) {
      if (get(view, column) == null) {
        Protection<P> protection = derived.of(lineage.column(column.number()));
        if (protection != null) {
          put(view, column, protection);
        }
      }
    }
  }

  /** Views that call what Guard cannot trust: all that they compute may be anything. */
  private void functions() {
    FunctionSafety safety =
        new FunctionSafety(
            catalog,
            snapshot.reaches(),
            ProtectedColumns.of(columns, catalog, !cuts.isEmpty()),
            allowed);
    for (Relation view : views) {
      if (view.extension() != null
          || !(safety.judgeAll(called(view)) instanceof Safety.Unsafe unsafe)) {
        continue;
      }
      Views.ViewLineage lineage = snapshot.views().lineage(view);
      for (Column column : view.columns()) {
        boolean computed = !lineage.certain() || !lineage.column(column.number()).allCopies();
        if (computed && !snapshot.views().isReleased(view, column)) {
          put(
              view,
              column,
              new Protection<>(
                  Protection.Kind.DERIVED, null, LineageWording.VIEW_CALLS.words(unsafe.reason())));
        }
      }
    }
  }

  /** Where its definition is understood, the sizes that it asks for are followed. */
  private Set<Integer> called(Relation view) {
    Set<Integer> called = new HashSet<>(view.calls());
    catalog
        .code()
        .ofRelation(view.oid())
        .forEach(piece -> called.addAll(piece.refers().functions()));
    if (snapshot.views().lineage(view).certain()) {
      called.removeIf(oid -> catalog.function(oid).filter(SizeFunctions::isOurs).isPresent());
    }
    return called;
  }

  /** TOAST tables hold the long values of the tables they belong to. */
  private void toast() {
    for (Relation relation : catalog.relations()) {
      if (relation.kind() == RelationKind.TOAST) {
        boolean over =
            relation.dependsOn().stream()
                .flatMap(oid -> catalog.relation(oid).stream())
                .anyMatch(base -> base.columns().stream().anyMatch(c -> get(base, c) != null));
        for (Column column : over ? relation.columns() : List.<Column>of()) {
          put(
              relation,
              column,
              new Protection<>(Protection.Kind.DERIVED, null, LineageWording.HOLDS_LONG.words()));
        }
      }
    }
  }
}
